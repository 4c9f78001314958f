//! Afterword's testkit.
