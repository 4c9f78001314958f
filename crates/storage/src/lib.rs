//! Afterword's storage.
