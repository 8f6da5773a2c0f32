//! Component tests in a browser.
fn main() {}
