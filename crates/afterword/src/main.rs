//! The Afterword server and its command line.
fn main() {}
