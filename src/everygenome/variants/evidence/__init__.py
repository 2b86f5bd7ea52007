"""What a store of frequencies says of variants, group by group, as expressions of tables."""
