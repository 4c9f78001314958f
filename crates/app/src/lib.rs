//! Afterword's app.
