//! Afterword's record.
