//! The sections `[[users]]`: who may sign in, and what each may do where.

use std::collections::{BTreeMap, BTreeSet};

use super::check::Checker;
use super::file::{self, File};
use super::{Grant, Right, User, syntax};

pub fn check(checker: &mut Checker<'_>, file: &File) -> BTreeMap<String, User> {
    if file.users.get_ref().is_empty() {
        checker.mistake(file.users.span(), "expected at least one [[users]]");
    }
    let mut users = BTreeMap::new();
    for written in file.users.get_ref() {
        let written = written.get_ref();
        let Some(name) = checker.text(&written.name) else { continue };
        if let Err(message) = syntax::user_name(&name) {
            checker.mistake(written.name.span(), message);
        }
        let user = one(checker, written, file);
        if users.insert(name.clone(), user).is_some() {
            checker.mistake(written.name.span(), format!("there are two users named {name}"));
        }
    }
    users
}

fn one(checker: &mut Checker<'_>, written: &file::User, file: &File) -> User {
    let password = written.password.as_ref().and_then(|text| {
        checker.read(text, |hash| syntax::password_hash(hash).map(|()| hash.to_owned()))
    });
    if written.password.is_none() && file.trusted_header.is_none() {
        let message = "expected a `password`, because there is no [trusted_header]";
        checker.mistake(written.name.span(), message);
    }
    if written.systems.is_empty() {
        let message = "expected at least one [users.systems.NAME]";
        checker.mistake(written.name.span(), message);
    }
    let mut grants = BTreeMap::new();
    for (system, written) in &written.systems {
        if !file.systems.get_ref().keys().any(|name| name.get_ref() == system.get_ref()) {
            let names: Vec<&str> =
                file.systems.get_ref().keys().map(|name| name.get_ref().as_str()).collect();
            let message = format!("no such system: expected one of {}", names.join(", "));
            checker.mistake(system.span(), message);
        }
        grants.insert(system.get_ref().clone(), grant(checker, written));
    }
    User { password, grants }
}

fn grant(checker: &mut Checker<'_>, written: &file::Grant) -> Grant {
    let mut rights = BTreeSet::new();
    for text in &written.rights {
        let known = Right::ALL.iter().find(|(_, name)| name == text.get_ref());
        match known {
            Some((right, _)) => {
                rights.insert(*right);
            }
            None => {
                let names = Right::ALL.map(|(_, name)| name).join(", ");
                checker.mistake(text.span(), format!("expected one of {names}"));
            }
        }
    }
    let rooms = written.rooms.as_ref().map(|rooms| {
        if rooms.get_ref().is_empty() {
            let message = "expected at least one room; leave `rooms` out for all of them";
            checker.mistake(rooms.span(), message);
        }
        let mut names = BTreeSet::new();
        for text in rooms.get_ref() {
            let name = checker.read(text, |room| match room.trim_matches('/') {
                "" => Err("expected the id of a room".to_owned()),
                _ => Ok(room.to_owned()),
            });
            names.extend(name);
        }
        names
    });
    Grant { rights, rooms }
}
