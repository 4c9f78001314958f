//! Afterword's rooms.
