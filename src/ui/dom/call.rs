//! A closure whose type is forgotten. `dyn FnMut` would do, but its table also has a function for
//! being called once and for all, which nobody does: one more for every closure there is.

/// Called with `A`, gives `R`.
pub trait Call<A = (), R = ()> {
    fn call(&mut self, with: A) -> R;
}

impl<A, R, F: FnMut(A) -> R> Call<A, R> for F {
    fn call(&mut self, with: A) -> R {
        self(with)
    }
}
