//! Takes out of the linked program, before it is split, what nobody ever sees of it: the messages of panics, of
//! which `src/element/failure.rs` tells only the place, and the classes of a dependency that the glue is shipped
//! without. Their functions get bodies that end at once; what only they needed, code and data, is then in no file.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter,
    ops::Range,
};

use anyhow::{Context, Result, ensure};
use wasmparser::{
    DataKind, ExternalKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocAddendKind,
    RelocationEntry, RelocationType, SymbolInfo, TypeRef,
};

use crate::{glue, parts::leb128};

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
    program.forget_messages(linked, &stubs);
    let mut whole = linked.to_vec();
    program.halve_type_ids(&mut whole);
    program.put_stubs(&mut whole, stubs)?;
    whole.splice(program.relocations_at.clone(), program.relocation_section(linked)?);
    Ok(whole)
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

struct Function {
    parameters: usize,
    /// Where its body is in the file, with the declarations of its locals.
    body: Range<usize>,
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

#[derive(Default)]
struct Program {
    imported: u32,
    functions: Vec<Function>,
    names: Vec<(u32, String)>,
    /// The functions among the linker's symbols.
    symbols: BTreeMap<u32, u32>,
    /// Addresses in memory, and where in the file is what they begin with.
    data: Vec<(usize, Range<usize>)>,
    /// The function of that name, and its number among the linker's symbols.
    panicked: Option<(u32, u32)>,
    /// Where the code section is in the file, which the linker's places in it count from.
    code: usize,
    /// The linker's section about it, and where that is in the file with its header.
    relocations: Vec<RelocationEntry>,
    relocations_at: Range<usize>,
}

impl Program {
    fn read(linked: &[u8]) -> Result<Self> {
        let mut program = Self::default();
        let mut parameters = Vec::new();
        let mut types = Vec::new();
        let mut bodies = Vec::new();
        let mut exported = None;
        let mut symbols: Vec<SymbolInfo> = Vec::new();
        let mut end_before = 0;
        for payload in Parser::new(0).parse_all(linked) {
            let payload = payload?;
            let section = payload.as_section().map(|(_, range)| range);
            match payload {
                Payload::TypeSection(reader) => {
                    for kind in reader.into_iter_err_on_gc_types() {
                        parameters.push(kind?.params().len());
                    }
                }
                Payload::ImportSection(reader) => {
                    for import in reader.into_imports() {
                        program.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(reader) => {
                    types = reader.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::ExportSection(reader) => {
                    for export in reader {
                        let export = export?;
                        if export.kind == ExternalKind::Func && export.name == PANICKED {
                            exported = Some(export.index);
                        }
                    }
                }
                Payload::CodeSectionStart { range, .. } => program.code = place(range.start)?,
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    bodies.push(place(range.start)?..place(range.end)?);
                }
                Payload::DataSection(reader) => {
                    for data in reader {
                        let data = data?;
                        let DataKind::Active { offset_expr, .. } = data.kind else { continue };
                        let Operator::I32Const { value } =
                            offset_expr.get_operators_reader().read()?
                        else {
                            continue;
                        };
                        let end = place(data.range.end)?;
                        program.data.push((value as u32 as usize, end - data.data.len()..end));
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Name(reader) => {
                        for names in reader {
                            let Name::Function(names) = names? else { continue };
                            for name in names {
                                let name = name?;
                                program.names.push((name.index, name.name.to_owned()));
                            }
                        }
                    }
                    KnownCustom::Linking(reader) => {
                        for part in reader.subsections() {
                            let Linking::SymbolTable(table) = part? else { continue };
                            symbols = table.into_iter().collect::<Result<_, _>>()?;
                        }
                    }
                    KnownCustom::Reloc(reader) if custom.name() == "reloc.CODE" => {
                        program.relocations =
                            reader.entries().into_iter().collect::<Result<_, _>>()?;
                        program.relocations_at = end_before..place(custom.range().end)?;
                    }
                    _ => {}
                },
                _ => {}
            }
            if let Some(section) = section {
                end_before = place(section.end)?;
            }
        }
        ensure!(!program.relocations.is_empty(), "it was linked without --emit-relocs");
        let function = |(kind, body): (u32, Range<usize>)| {
            let parameters = *parameters.get(kind as usize).context("a function without a type")?;
            Ok(Function { parameters, body })
        };
        program.functions = types.into_iter().zip(bodies).map(function).collect::<Result<_>>()?;
        let functions = symbols.iter().zip(0..).filter_map(|(symbol, number)| match symbol {
            SymbolInfo::Func { index, .. } => Some((number, *index)),
            _ => None,
        });
        program.symbols = functions.collect();
        if let Some(exported) = exported {
            let symbol = program.symbols.iter().find(|(_, index)| **index == exported);
            let (symbol, _) = symbol.context("an export without a symbol")?;
            program.panicked = Some((exported, *symbol));
        }
        Ok(program)
    }

    fn function(&self, index: u32) -> Option<&Function> {
        self.functions.get(index.checked_sub(self.imported)? as usize)
    }

    /// Before a call of a stub stand a message's place, its length and where the panic is, each a constant.
    /// What nobody refers to any more is in no file.
    fn forget_messages(&mut self, linked: &[u8], stubs: &[Stub]) {
        let bodies: BTreeSet<usize> = stubs.iter().map(|it| it.body.start).collect();
        let is_stub = |symbol: u32| {
            let function = self.symbols.get(&symbol).and_then(|it| self.function(*it));
            function.is_some_and(|it| it.parameters == 3 && bodies.contains(&it.body.start))
        };
        let referring: BTreeSet<u32> = self
            .relocations
            .iter()
            .filter(|it| it.ty == RelocationType::MemoryAddrSleb)
            .map(|it| it.offset)
            .collect();
        let code = &linked[self.code..];
        let message_of = |call: &RelocationEntry| {
            let place = (call.offset as usize).checked_sub(2 + PADDED)?;
            let is_call = code[place..].starts_with(&[I32_CONST])
                && code[place + 1 + PADDED] == CALL
                && referring.contains(&(place as u32 + 1));
            let length = (1..=3).find(|it| {
                let (first, rest) = (place - it - 1, &code[place - it..place]);
                code[first] == I32_CONST && rest.iter().rposition(|it| *it < 0x80) == Some(it - 1)
            })?;
            let message = (place - length - 1).checked_sub(PADDED)? as u32;
            (is_call && referring.contains(&message)).then_some(message)
        };
        let is_call = |it: &&RelocationEntry| it.ty == RelocationType::FunctionIndexLeb;
        let calls = self.relocations.iter().filter(is_call).filter(|it| is_stub(it.index));
        let messages: BTreeSet<u32> = calls.filter_map(message_of).collect();
        self.relocations.retain(|it| !messages.contains(&it.offset));
    }

    /// A type's id is a hash of 128 bits, which no compression makes smaller, wherever a value is cast to the
    /// type. 64 bits tell types apart as well: those by which maps find them stay, the others become zero.
    fn halve_type_ids(&self, whole: &mut [u8]) {
        let mut halves = BTreeMap::new();
        for (index, name) in &self.names {
            if !(name.contains("core..any..Any") && name.contains("7type_id")) {
                continue;
            }
            let Some(function) = self.function(*index) else { continue };
            let of_function = |it: &&RelocationEntry| {
                function.body.contains(&(self.code + it.offset as usize))
                    && it.ty == RelocationType::MemoryAddrLeb
            };
            let addresses = self.relocations.iter().filter(of_function);
            let mut addresses: Vec<usize> = addresses
                .map(|it| unsigned_leb128(&whole[self.code + it.offset as usize..]))
                .collect();
            addresses.sort_unstable();
            let [lower, upper] = *addresses else { continue };
            if upper != lower + 8 {
                continue;
            }
            let place = self.data.iter().find_map(|(address, file)| {
                let place = file.start + upper.checked_sub(*address)?;
                (place + 8 <= file.end).then_some(place)
            });
            let bytes = place.and_then(|it| whole[it..].first_chunk::<8>());
            if let (Some(place), Some(bytes)) = (place, bytes) {
                halves.insert(i64::from_le_bytes(*bytes), place);
            }
        }
        for place in halves.values() {
            whole[*place..*place + 8].fill(0);
        }
        for function in &self.functions {
            let mut body = &mut whole[function.body.clone()];
            while let Some(start) = body.iter().position(|it| *it == I64_CONST) {
                body = &mut body[start + 1..];
                let (number, length) = long_number(body);
                if halves.contains_key(&number) {
                    body[..length - 1].fill(0x80);
                    body[length - 1] = 0;
                }
            }
        }
    }

    /// Other bodies in those places.
    fn put_stubs(&mut self, whole: &mut [u8], stubs: Vec<Stub>) -> Result<()> {
        let mut calls = Vec::new();
        for Stub { body, ending } in &stubs {
            let mut stub = vec![NO_LOCALS];
            if let (Ending::Trap(Some(told)), Some((function, symbol))) = (ending, self.panicked) {
                stub.extend([LOCAL_GET, u8::try_from(*told)?, CALL]);
                let offset = u32::try_from(body.start + stub.len() - self.code)?;
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
        let code = self.code;
        self.relocations.retain(|it| {
            let place = code + it.offset as usize;
            !stubs.iter().any(|it| it.body.contains(&place))
        });
        self.relocations.extend(calls);
        self.relocations.sort_by_key(|it| it.offset);
        Ok(())
    }

    fn relocation_section(&self, linked: &[u8]) -> Result<Vec<u8>> {
        let before = &linked[self.relocations_at.clone()];
        let name_at = before.windows(RELOCATIONS.len()).position(|it| it == RELOCATIONS);
        let name_end = name_at.context("a section without its name")? + RELOCATIONS.len();
        // The number of the section that it is about: a byte.
        let mut content = leb128(RELOCATIONS.len());
        content.extend(RELOCATIONS);
        content.push(before[name_end]);
        content.extend(leb128(self.relocations.len()));
        for entry in &self.relocations {
            content.push(entry.ty as u8);
            content.extend(leb128(entry.offset as usize));
            content.extend(leb128(entry.index as usize));
            if !matches!(entry.ty.addend_kind(), RelocAddendKind::None) {
                content.extend(signed_leb128(entry.addend));
            }
        }
        let mut section = vec![0];
        section.extend(leb128(content.len()));
        section.extend(content);
        Ok(section)
    }
}

const RELOCATIONS: &[u8] = b"reloc.CODE";

const NO_LOCALS: u8 = 0;
const LOCAL_GET: u8 = 0x20;
const CALL: u8 = 0x10;
const I32_CONST: u8 = 0x41;
const I64_CONST: u8 = 0x42;
const UNREACHABLE: u8 = 0;
const NOP: u8 = 1;
const END: u8 = 0x0b;

fn place(offset: u64) -> Result<usize> {
    Ok(usize::try_from(offset)?)
}

/// Bytes of what the linker has put into code.
const PADDED: usize = 5;

/// As long as any number may become.
fn padded_leb128(number: u32) -> [u8; PADDED] {
    let mut bytes = [0; PADDED];
    for (position, byte) in bytes.iter_mut().enumerate() {
        *byte = (number >> (7 * position)) as u8 & 0x7f | if position < 4 { 0x80 } else { 0 };
    }
    bytes
}

fn unsigned_leb128(bytes: &[u8]) -> usize {
    let part = |(position, byte): (usize, &u8)| usize::from(byte & 0x7f) << (7 * position);
    bytes.iter().take(PADDED).enumerate().map(part).sum()
}

/// The signed number that the bytes begin with, and how many say it, ten at most.
fn long_number(bytes: &[u8]) -> (i64, usize) {
    let mut number = 0;
    for (position, byte) in bytes.iter().take(10).enumerate() {
        number |= i64::from(byte & 0x7f) << (7 * position);
        if *byte < 0x80 {
            let bits = 7 * (position + 1);
            let is_negative = byte & 0x40 != 0 && bits < 64;
            return (if is_negative { number | -1 << bits } else { number }, position + 1);
        }
    }
    (number, 1)
}

fn signed_leb128(mut number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        let is_last = number == if byte & 0x40 == 0 { 0 } else { -1 };
        bytes.push(if is_last { byte } else { byte | 0x80 });
        if is_last {
            return bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_wasm_has_them() {
        assert_eq!(padded_leb128(624_485), [0xe5, 0x8e, 0xa6, 0x80, 0]);
        assert_eq!(signed_leb128(-123_456), [0xc0, 0xbb, 0x78]);
        assert_eq!(signed_leb128(64), [0xc0, 0]);
        assert_eq!(unsigned_leb128(&padded_leb128(624_485)), 624_485);
        for number in [0, 64, -123_456, i64::MAX, i64::MIN, 0x364d_efbf_638e_adfe] {
            let bytes = signed_leb128(number);
            assert_eq!(long_number(&bytes), (number, bytes.len()));
        }
    }

    #[test]
    fn functions_are_known_by_their_mangled_names() {
        let name = "_ZN4core9panicking13panic_display17h8ab44e364e7e0411E";
        assert_eq!(without_hash(name), "_ZN4core9panicking13panic_display");
        let name = "_RNvNtCsgXGp5Oqx2Ny_4core9panicking9panic_fmt";
        assert_eq!(without_hash(name), name);
    }
}
