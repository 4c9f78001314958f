//! Afterword's http.
