"""Who may enter, in which role, for which zones (账号与岗位)."""
