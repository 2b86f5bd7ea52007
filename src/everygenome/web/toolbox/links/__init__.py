"""The link monitor: asks whether addresses still answer, seldom and politely."""
