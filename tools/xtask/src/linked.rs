//! A program as the linker wrote it: its functions with their names, and what in its code refers to what. Bytes may be
//! changed in their places, and references left out: whatever nobody refers to any more, the splitting of the program
//! into parts leaves out of all files.

use std::{collections::BTreeMap, ops::Range};

use anyhow::{Context, Result, ensure};
use wasmparser::{
    ExternalKind, KnownCustom, Linking, Name, Parser, Payload, RelocAddendKind, RelocationEntry,
    SymbolInfo, TypeRef,
};

use crate::parts::leb128;

const RELOCATIONS: &[u8] = b"reloc.CODE";

pub struct Function {
    pub parameters: usize,
    /// Where its body is in the file, with the declarations of its locals.
    pub body: Range<usize>,
}

/// What is read of it, and the linker's references in its code, which may be changed.
#[derive(Default)]
pub struct Program {
    imported: u32,
    pub functions: Vec<Function>,
    /// Mangled, of functions.
    pub names: Vec<(u32, String)>,
    /// The functions among the linker's symbols.
    pub symbols: BTreeMap<u32, u32>,
    /// The functions that it exports.
    exports: BTreeMap<String, u32>,
    /// Where the code section is in the file, which the linker's places in it count from.
    pub code: usize,
    /// What in it the linker would have to put in otherwise, if things were elsewhere.
    pub relocations: Vec<RelocationEntry>,
    /// Where the section of these is in the file, with its header.
    relocations_at: Range<usize>,
}

impl Program {
    /// # Errors
    /// When it is no linked module, or one without relocations.
    pub fn read(linked: &[u8]) -> Result<Self> {
        let mut program = Self::default();
        let mut parameters = Vec::new();
        let mut types = Vec::new();
        let mut bodies = Vec::new();
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
                        if export.kind == ExternalKind::Func {
                            program.exports.insert(export.name.to_owned(), export.index);
                        }
                    }
                }
                Payload::CodeSectionStart { range, .. } => program.code = place(range.start)?,
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    bodies.push(place(range.start)?..place(range.end)?);
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
        Ok(program)
    }

    pub fn function(&self, index: u32) -> Option<&Function> {
        self.functions.get(index.checked_sub(self.imported)? as usize)
    }

    /// The function that is exported by that name, and its number among the linker's symbols.
    pub fn export(&self, name: &str) -> Result<Option<(u32, u32)>> {
        let Some(exported) = self.exports.get(name) else { return Ok(None) };
        let symbol = self.symbols.iter().find(|(_, index)| *index == exported);
        let (symbol, _) = symbol.context("an export without a symbol")?;
        Ok(Some((*exported, *symbol)))
    }

    /// The file, which may be another but for this section, with the relocations as they are now.
    pub fn with_relocations(&self, mut whole: Vec<u8>) -> Result<Vec<u8>> {
        let before = &whole[self.relocations_at.clone()];
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
        whole.splice(self.relocations_at.clone(), section);
        Ok(whole)
    }
}

fn place(offset: u64) -> Result<usize> {
    Ok(usize::try_from(offset)?)
}

/// Bytes of what the linker has put into code.
pub const PADDED: usize = 5;

/// As long as any number may become.
pub fn padded_leb128(number: u32) -> [u8; PADDED] {
    let mut bytes = [0; PADDED];
    for (position, byte) in bytes.iter_mut().enumerate() {
        *byte = (number >> (7 * position)) as u8 & 0x7f | if position < 4 { 0x80 } else { 0 };
    }
    bytes
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
    }
}
