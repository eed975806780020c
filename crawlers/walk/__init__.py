"""The walk over one site: what to ask next, by HTTP or in the browser, and what each visit adds."""
