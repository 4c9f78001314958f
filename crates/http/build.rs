//! Builds anew when the web app that is embedded has changed, or has come to be.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
