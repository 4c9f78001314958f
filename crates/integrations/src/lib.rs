//! Afterword's integrations.
