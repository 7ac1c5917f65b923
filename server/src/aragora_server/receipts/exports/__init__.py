"""Files of many receipts, made by a job part by part."""
