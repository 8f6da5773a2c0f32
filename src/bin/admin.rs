//! The standalone admin app's entry: everything is in `app`.

#[cfg(target_arch = "wasm32")]
fn main() {
    meet_recordings::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The admin app runs in a browser. Start it with `cargo xtask demo`.");
}
