//! What the page around wants of the player. What it wants while a recording is on its way into the player
//! is for that one; where nothing is there and nothing comes, it is for nobody.

use std::mem;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Order {
    Play,
    Pause,
    /// Seconds from the start.
    Seek(f64),
}

/// Those not yet done.
#[derive(Debug, Default)]
pub struct Orders {
    /// How many recordings are being asked for to be played.
    coming: usize,
    /// The player has what is to be played.
    is_open: bool,
    list: Vec<Order>,
}

impl Orders {
    /// `is_playing`, here and below: something is in the player, or will be as soon as that is there.
    pub fn give(&mut self, order: Order, is_playing: bool) {
        if is_playing || self.coming > 0 {
            self.list.push(order);
        }
    }

    /// A recording is asked for to be played.
    pub fn comes(&mut self, is_playing: bool) {
        self.forget_unless(is_playing);
        self.coming += 1;
    }

    /// It is to be played now, or cannot be.
    pub fn came(&mut self, is_playing: bool) {
        self.coming -= 1;
        self.forget_unless(is_playing);
    }

    /// Another recording is to be played.
    pub fn show(&mut self) {
        self.is_open = false;
        self.forget_unless(false);
    }

    /// The player has it.
    pub fn opened(&mut self) {
        self.is_open = true;
    }

    /// The player is gone.
    pub fn closed(&mut self) {
        self.show();
    }

    /// Those whose time has come, in the order they were given.
    pub fn take(&mut self) -> Vec<Order> {
        let is_time = self.is_open && self.coming == 0;
        if is_time { mem::take(&mut self.list) } else { Vec::new() }
    }

    fn forget_unless(&mut self, is_playing: bool) {
        if !is_playing && self.coming == 0 {
            self.list.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Order::*, *};

    #[test]
    fn with_nothing_there_they_are_for_nobody() {
        let mut orders = Orders::default();
        orders.give(Pause, false);
        orders.comes(false);
        orders.show();
        orders.came(true);
        orders.opened();
        assert_eq!(orders.take(), []);
    }

    #[test]
    fn they_wait_for_what_is_coming() {
        let mut orders = Orders::default();
        orders.comes(false);
        orders.give(Seek(30.0), false);
        orders.give(Pause, false);
        assert_eq!(orders.take(), []);
        orders.show();
        orders.came(true);
        assert_eq!(orders.take(), []);
        orders.opened();
        assert_eq!(orders.take(), [Seek(30.0), Pause]);
        assert_eq!(orders.take(), []);
    }

    #[test]
    fn they_pass_over_what_is_still_in_the_player() {
        let mut orders = Orders::default();
        orders.show();
        orders.opened();
        orders.comes(true);
        orders.give(Seek(30.0), true);
        assert_eq!(orders.take(), []);
        orders.show();
        orders.came(true);
        assert_eq!(orders.take(), []);
        orders.opened();
        assert_eq!(orders.take(), [Seek(30.0)]);
    }

    #[test]
    fn they_are_for_what_is_there_when_nothing_comes_of_the_other() {
        let mut orders = Orders::default();
        orders.show();
        orders.opened();
        orders.comes(true);
        orders.give(Pause, true);
        orders.came(true);
        assert_eq!(orders.take(), [Pause]);
    }

    #[test]
    fn what_never_came_takes_its_orders_with_it() {
        let mut orders = Orders::default();
        orders.comes(false);
        orders.give(Pause, false);
        orders.came(false);
        orders.comes(false);
        orders.show();
        orders.came(true);
        orders.opened();
        assert_eq!(orders.take(), []);
    }

    #[test]
    fn what_was_closed_before_its_player_came_takes_its_orders_with_it() {
        let mut orders = Orders::default();
        orders.show();
        orders.give(Pause, true);
        orders.show();
        orders.opened();
        assert_eq!(orders.take(), []);
    }

    #[test]
    fn one_player_s_are_none_to_the_next() {
        let mut orders = Orders::default();
        orders.show();
        orders.opened();
        orders.give(Pause, true);
        orders.closed();
        orders.show();
        orders.opened();
        assert_eq!(orders.take(), []);
    }
}
