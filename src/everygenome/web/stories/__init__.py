"""Stories: offered freely, published carefully, withdrawn completely."""
