//! Takes out of the linked program, before it is split, what nobody ever sees of it: the messages of panics, of
//! which `src/element/failure.rs` tells only the place, and the classes of a dependency that the glue is shipped
//! without. Their functions get bodies that end at once; what only they needed, code and data, is then in no file.

use std::{collections::BTreeSet, iter, ops::Range};

use anyhow::{Context, Result, ensure};
use wasmparser::{RelocationEntry, RelocationType};

use crate::{
    glue,
    linked::{PADDED, Program, padded_leb128},
};

/// What every panic calls where somebody wants to know its place; the app has no such function.
pub const PANICKED: &str = "panicked";

/// The functions of core and std that panics call, by the ends of their mangled names, and how many parameters
/// they have, of which the last is the place. Where the compiler has made others of them, they stay: what they
/// call is the first of these.
const PANICS: [(&str, usize); 17] = [
    ("4core9panicking9panic_fmt", 3),
    ("4core9panicking5panic", 3),
    ("4core9panicking13panic_display", 2),
    ("4core9panicking18panic_bounds_check", 3),
    ("11panic_const28panic_const_async_fn_resumed", 1),
    ("11panic_const23panic_const_div_by_zero", 1),
    ("4core4cell22panic_already_borrowed", 1),
    ("4core4cell30panic_already_mutably_borrowed", 1),
    ("4core6option13expect_failed", 3),
    ("4core6option13unwrap_failed", 1),
    ("4core6result13unwrap_failed", 5),
    ("5slice5index16slice_index_fail", 4),
    ("4core3str16slice_error_fail", 5),
    ("4core3str19slice_error_fail_rt", 5),
    ("5slice20copy_from_slice_impl17len_mismatch_fail", 3),
    ("3std6thread5local18panic_access_error", 1),
    ("9panicking11begin_panicReE", 3),
];

/// In the names of functions that write a value for a message of a panic. Nothing else of ours does: clippy's
/// `use_debug` sees to it.
const DEBUG: [&str; 2] = ["5Debug3fmt", "core..fmt..Debug$GT$3fmt"];

/// The program without that.
///
/// # Errors
/// When it is no such module, or panics go another way than they did.
pub fn without_unseen(linked: &[u8]) -> Result<Vec<u8>> {
    let mut program = Program::read(linked).context("cannot read the linked module")?;
    let mut stubs = Vec::new();
    let mut has_panics = false;
    for (index, name) in &program.names {
        let Some(function) = program.function(*index) else { continue };
        let name = without_hash(name);
        if let Some(panic) = PANICS.iter().find(|(end, count)| {
            name.contains(end) && ends_there(name, end) && function.parameters == *count
        }) {
            has_panics |= panic == &PANICS[0];
            let ending = Ending::Trap(Some(panic.1 - 1));
            stubs.push(Stub { body: function.body.clone(), ending });
        } else if glue::is_unused(name) && name != PANICKED {
            stubs.push(Stub { body: function.body.clone(), ending: Ending::Trap(None) });
        } else if DEBUG.iter().any(|it| name.contains(it)) && function.parameters == 2 {
            stubs.push(Stub { body: function.body.clone(), ending: Ending::Fine });
        }
    }
    ensure!(has_panics, "{} is not there, or another than it was", PANICS[0].0);
    forget_messages(&mut program, linked, &stubs);
    let mut whole = linked.to_vec();
    put_stubs(&mut program, &mut whole, &stubs)?;
    program.with_relocations(whole)
}

/// Generic functions have what they are instantiated with behind it.
fn ends_there(name: &str, end: &str) -> bool {
    name.ends_with(end) || end.ends_with("ReE")
}

/// "_ZN4core6option13unwrap_failed" of "_ZN4core6option13unwrap_failed17h0123456789abcdefE".
fn without_hash(name: &str) -> &str {
    match name.strip_suffix('E').and_then(|it| it.rsplit_once("17h")) {
        Some((stem, hash)) if hash.len() == 16 => stem,
        _ => name,
    }
}

/// A function that is to end at once.
struct Stub {
    body: Range<usize>,
    ending: Ending,
}

enum Ending {
    /// After that parameter was told, if somebody wants to know it.
    Trap(Option<usize>),
    /// As if all was written.
    Fine,
}

/// Before a call of a stub stand a message's place, its length and where the panic is, each a constant.
/// What nobody refers to any more is in no file.
fn forget_messages(program: &mut Program, linked: &[u8], stubs: &[Stub]) {
    let bodies: BTreeSet<usize> = stubs.iter().map(|it| it.body.start).collect();
    let is_stub = |symbol: u32| {
        let function = program.symbols.get(&symbol).and_then(|it| program.function(*it));
        function.is_some_and(|it| it.parameters == 3 && bodies.contains(&it.body.start))
    };
    let referring: BTreeSet<u32> = program
        .relocations
        .iter()
        .filter(|it| it.ty == RelocationType::MemoryAddrSleb)
        .map(|it| it.offset)
        .collect();
    let code = &linked[program.code..];
    let message_of = |call: &RelocationEntry| {
        let place = (call.offset as usize).checked_sub(2 + PADDED)?;
        let is_call = code[place..].starts_with(&[I32_CONST])
            && code[place + 1 + PADDED] == CALL
            && referring.contains(&(place as u32 + 1));
        let length = (1..=3).find(|length| {
            let constant = place.checked_sub(length + 1).map(|first| &code[first..place]);
            constant.is_some_and(|it| {
                it[0] == I32_CONST && it[1..].iter().position(|it| *it < 0x80) == Some(length - 1)
            })
        })?;
        let message = (place - length - 1).checked_sub(PADDED)? as u32;
        (is_call && referring.contains(&message)).then_some(message)
    };
    let is_call = |it: &&RelocationEntry| it.ty == RelocationType::FunctionIndexLeb;
    let calls = program.relocations.iter().filter(is_call).filter(|it| is_stub(it.index));
    let messages: BTreeSet<u32> = calls.filter_map(message_of).collect();
    program.relocations.retain(|it| !messages.contains(&it.offset));
}

/// Other bodies in those places.
fn put_stubs(program: &mut Program, whole: &mut [u8], stubs: &[Stub]) -> Result<()> {
    let panicked = program.export(PANICKED)?;
    let mut calls = Vec::new();
    for Stub { body, ending } in stubs {
        let mut stub = vec![NO_LOCALS];
        if let (Ending::Trap(Some(told)), Some((function, symbol))) = (ending, panicked) {
            stub.extend([LOCAL_GET, u8::try_from(*told)?, CALL]);
            let offset = u32::try_from(body.start + stub.len() - program.code)?;
            let ty = RelocationType::FunctionIndexLeb;
            calls.push(RelocationEntry { ty, offset, index: symbol, addend: 0 });
            stub.extend(padded_leb128(function));
        }
        let end: &[u8] = match ending {
            Ending::Trap(_) => &[UNREACHABLE, END],
            Ending::Fine => &[I32_CONST, 0, END],
        };
        let rest = body.len().checked_sub(stub.len() + end.len());
        let rest = rest.context("a function is too small for another body")?;
        stub.extend(iter::repeat_n(NOP, rest));
        stub.extend(end);
        whole[body.clone()].copy_from_slice(&stub);
    }
    let code = program.code;
    program.relocations.retain(|it| {
        let place = code + it.offset as usize;
        !stubs.iter().any(|it| it.body.contains(&place))
    });
    program.relocations.extend(calls);
    program.relocations.sort_by_key(|it| it.offset);
    Ok(())
}

const NO_LOCALS: u8 = 0;
const LOCAL_GET: u8 = 0x20;
const CALL: u8 = 0x10;
const I32_CONST: u8 = 0x41;
const UNREACHABLE: u8 = 0;
const NOP: u8 = 1;
const END: u8 = 0x0b;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_known_by_their_mangled_names() {
        let name = "_ZN4core9panicking13panic_display17h8ab44e364e7e0411E";
        assert_eq!(without_hash(name), "_ZN4core9panicking13panic_display");
        let name = "_RNvNtCsgXGp5Oqx2Ny_4core9panicking9panic_fmt";
        assert_eq!(without_hash(name), name);
    }
}
