"""What a user can do, without a window: use cases that join the data file and the spreadsheets."""
