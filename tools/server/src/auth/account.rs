//! The two people who can sign in.

pub struct Account {
    pub name: &'static str,
    pub password: &'static str,
    pub is_admin: bool,
}

static ACCOUNTS: [Account; 2] = [
    Account { name: "admin", password: "admin", is_admin: true },
    Account { name: "user", password: "user1", is_admin: false },
];

impl Account {
    pub fn named(name: &str) -> Option<&'static Self> {
        ACCOUNTS.iter().find(|account| account.name == name)
    }

    /// The only role that a user has from 3.8 on.
    pub fn role(&self) -> &'static str {
        if self.is_admin { "admin" } else { "room_member" }
    }

    /// Up to 3.7.
    pub fn roles(&self) -> &'static [&'static str] {
        if self.is_admin { &["admin", "user"] } else { &["user"] }
    }
}
