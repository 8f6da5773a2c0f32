//! The standalone admin app.

fn main() {}
