//! A look over an encoded update before the decoder of `yrs` sees it.
//!
//! The decoder trusts declared lengths (it reserves memory for them) and recurses into
//! nested values: a few bytes could end the process, which no `catch_unwind` prevents.
//! So the whole update is walked once here, without allocating.

use super::RefusedUpdate;

/// How deep JSON values may be nested.
const DEEPEST_VALUE: usize = 64;
/// Clocks stay far below the limit at which adding a length overflows.
const HIGHEST_CLOCK: u64 = (u32::MAX / 2) as u64;
/// Client ids that JavaScript can hold.
const HIGHEST_CLIENT: u64 = (1 << 53) - 1;

const HAS_ORIGIN: u8 = 0b1000_0000;
const HAS_RIGHT_ORIGIN: u8 = 0b0100_0000;
const HAS_PARENT_SUB: u8 = 0b0010_0000;

/// What an update holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// How many shared types it creates.
    pub(super) types: usize,
}

/// Walks an update of the version 1 encoding.
pub(super) fn scan(update: &[u8]) -> Result<Scan, RefusedUpdate> {
    let mut reader = Reader { rest: update };
    let mut scan = Scan::default();
    for _ in 0..reader.number()? {
        reader.client_blocks(&mut scan)?;
    }
    for _ in 0..reader.number()? {
        reader.deleted_ranges()?;
    }
    if reader.rest.is_empty() { Ok(scan) } else { Err(malformed("bytes after its end")) }
}

/// Walks a state vector.
pub(super) fn scan_state_vector(state_vector: &[u8]) -> Result<(), RefusedUpdate> {
    let mut reader = Reader { rest: state_vector };
    for _ in 0..reader.number()? {
        reader.id()?;
    }
    if reader.rest.is_empty() { Ok(()) } else { Err(malformed("bytes after its end")) }
}

fn malformed(what: &str) -> RefusedUpdate {
    RefusedUpdate::Malformed(what.to_owned())
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn bytes(&mut self, length: u64) -> Result<&'a [u8], RefusedUpdate> {
        let length = usize::try_from(length).map_err(|_| malformed("a length is too large"))?;
        let (taken, rest) =
            self.rest.split_at_checked(length).ok_or_else(|| malformed("it ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, RefusedUpdate> {
        let (&first, rest) =
            self.rest.split_first().ok_or_else(|| malformed("it ends too early"))?;
        self.rest = rest;
        Ok(first)
    }

    fn number(&mut self) -> Result<u64, RefusedUpdate> {
        let mut number = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(malformed("a number is too large"))
    }

    fn clock(&mut self) -> Result<u64, RefusedUpdate> {
        let clock = self.number()?;
        if clock <= HIGHEST_CLOCK { Ok(clock) } else { Err(malformed("a clock is too large")) }
    }

    fn client(&mut self) -> Result<u64, RefusedUpdate> {
        let client = self.number()?;
        if client <= HIGHEST_CLIENT { Ok(client) } else { Err(malformed("a client is too large")) }
    }

    fn id(&mut self) -> Result<(), RefusedUpdate> {
        self.client()?;
        self.clock().map(drop)
    }

    fn string(&mut self) -> Result<&'a str, RefusedUpdate> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| malformed("text is not UTF-8"))
    }

    fn client_blocks(&mut self, scan: &mut Scan) -> Result<(), RefusedUpdate> {
        let blocks = self.number()?;
        self.client()?;
        let mut clock = self.clock()?;
        for _ in 0..blocks {
            clock += self.block(scan)?;
            if clock > HIGHEST_CLOCK {
                return Err(malformed("a clock is too large"));
            }
        }
        Ok(())
    }

    fn deleted_ranges(&mut self) -> Result<(), RefusedUpdate> {
        self.client()?;
        for _ in 0..self.number()? {
            if self.clock()? + self.clock()? > HIGHEST_CLOCK {
                return Err(malformed("a deleted range is too large"));
            }
        }
        Ok(())
    }

    /// Walks one block; returns (at least) its length.
    fn block(&mut self, scan: &mut Scan) -> Result<u64, RefusedUpdate> {
        let info = self.byte()?;
        if matches!(info, 0 | 10) {
            return self.clock();
        }
        self.place(info)?;
        self.content(info & 0b1111, scan)
    }

    fn place(&mut self, info: u8) -> Result<(), RefusedUpdate> {
        if info & HAS_ORIGIN != 0 {
            self.id()?;
        }
        if info & HAS_RIGHT_ORIGIN != 0 {
            self.id()?;
        }
        if info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN) != 0 {
            return Ok(());
        }
        match self.number()? {
            1 => self.string().map(drop)?,
            _ => self.id()?,
        }
        if info & HAS_PARENT_SUB != 0 {
            self.string()?;
        }
        Ok(())
    }

    fn content(&mut self, kind: u8, scan: &mut Scan) -> Result<u64, RefusedUpdate> {
        match kind {
            1 => self.clock(),
            3 => self.buffer().map(|()| 1),
            4 => self.string().map(|text| text.len() as u64),
            5 => self.string().map(|_| 1),
            6 => {
                self.string()?;
                self.string().map(|_| 1)
            }
            7 => self.shared_type(scan).map(|()| 1),
            8 => self.values(DEEPEST_VALUE),
            _ => Err(malformed("a content that a record does not hold")),
        }
    }

    fn buffer(&mut self) -> Result<(), RefusedUpdate> {
        let length = self.number()?;
        self.bytes(length).map(drop)
    }

    fn shared_type(&mut self, scan: &mut Scan) -> Result<(), RefusedUpdate> {
        scan.types += 1;
        match self.byte()? {
            0 | 1 | 2 | 4 | 6 => Ok(()),
            3 => self.string().map(drop),
            _ => Err(malformed("a shared type that a record does not hold")),
        }
    }

    fn values(&mut self, depth: usize) -> Result<u64, RefusedUpdate> {
        let count = self.number()?;
        for _ in 0..count {
            self.value(depth)?;
        }
        Ok(count)
    }

    fn value(&mut self, depth: usize) -> Result<(), RefusedUpdate> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(malformed("a value is nested too deeply"));
        };
        match self.byte()? {
            120 | 121 | 126 | 127 => Ok(()),
            125 => self.number().map(drop),
            124 => self.bytes(4).map(drop),
            122 | 123 => self.bytes(8).map(drop),
            119 => self.string().map(drop),
            118 => {
                for _ in 0..self.number()? {
                    self.string()?;
                    self.value(depth)?;
                }
                Ok(())
            }
            117 => self.values(depth).map(drop),
            116 => self.buffer(),
            _ => Err(malformed("a value of an unknown kind")),
        }
    }
}
