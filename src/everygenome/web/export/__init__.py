"""The site as plain files that any web host serves, without a server of ours."""
