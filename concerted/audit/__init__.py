"""The trail: who did what to which record, when; added to, sealed, never changed."""
