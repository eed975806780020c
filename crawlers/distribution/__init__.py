"""A run shared out among workers on Dask: orders, leases, and finished parts on their way back."""
