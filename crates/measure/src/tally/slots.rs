//! The group of each packed key: a dense table, or a hash table where keys are wide.

use datafusion::common::HashMap;

use super::packed::{Entries, Key, add_up};

/// Bits of a packed key up to which the table of groups is dense (16 MB of `u32`).
const DENSE_BITS_MAX: u32 = 22;
/// Bits of any packed key.
pub const BITS_MAX: u32 = 56;

/// The groups of packed keys, and the keys of the batch at hand.
pub enum Slots {
    /// By key.
    Dense(Vec<u32>, Vec<u32>),
    /// By hash of the key.
    Hashed(HashMap<u64, u32>, Vec<u64>),
}

/// How wide the parts of a packed key are, first to last.
pub struct Unpack {
    bits: Vec<u32>,
}

impl Unpack {
    /// So many bits each.
    pub fn of(bits: Vec<u32>) -> Self {
        Self { bits }
    }

    /// A key as one integer.
    pub fn pack(&self, key: &[u32]) -> u64 {
        let mut shift = 0;
        let parts = key.iter().zip(&self.bits).map(|(&number, bits)| {
            let part = u64::from(number) << shift;
            shift += bits;
            part
        });
        parts.sum()
    }

    fn unpack(&self, packed: u64, keys: &mut Vec<u32>) {
        let mut rest = packed;
        for bits in &self.bits {
            keys.push((rest & ((1 << bits) - 1)) as u32);
            rest >>= bits;
        }
    }
}

impl Slots {
    /// For keys of so many bits; no group yet.
    pub fn of(bits: u32) -> Self {
        if bits <= DENSE_BITS_MAX {
            Self::Dense(vec![0; 1 << bits], Vec::new())
        } else {
            Self::Hashed(HashMap::new(), Vec::new())
        }
    }

    /// Added (several times at most) to the packed key of a row that does not count.
    pub fn dropped(&self) -> u64 {
        match self {
            Self::Dense(..) => 1 << (DENSE_BITS_MAX + 2),
            Self::Hashed(..) => 1 << (BITS_MAX + 2),
        }
    }

    /// Gives a packed key a group that exists already.
    pub fn set(&mut self, packed: u64, group: u32) {
        match self {
            Self::Dense(slots, _) => slots[packed as usize] = group,
            Self::Hashed(slots, _) => {
                slots.insert(packed, group);
            }
        }
    }

    /// The group of a packed key, made if need be.
    pub fn add(
        &mut self,
        packed: u64,
        count: &mut usize,
        keys: &mut Vec<u32>,
        unpack: &Unpack,
    ) -> u32 {
        let next = *count as u32;
        let group = match self {
            Self::Dense(slots, _) => {
                let slot = &mut slots[packed as usize];
                if *slot == 0 {
                    *slot = next;
                }
                *slot
            }
            Self::Hashed(slots, _) => *slots.entry(packed).or_insert(next),
        };
        if group == next {
            unpack.unpack(packed, keys);
            *count += 1;
        }
        group
    }

    /// The groups of all rows of a batch.
    #[expect(
        clippy::too_many_arguments,
        reason = "one loop over the fields of `Groups`"
    )]
    pub fn place(
        &mut self,
        same: u64,
        each: &[(Entries<'_>, &[u64])],
        dropped: u64,
        groups: &mut Vec<u32>,
        count: &mut usize,
        keys: &mut Vec<u32>,
        unpack: &Unpack,
    ) {
        match self {
            Self::Dense(slots, packed) => {
                add_up(same, each, packed);
                // Known groups first, in a loop without calls; new ones are rare.
                let mut new = false;
                groups.extend(packed.iter().map(|key| {
                    let slot = slots.get(key.index()).copied();
                    new |= slot == Some(0);
                    slot.unwrap_or(0)
                }));
                if new {
                    let packed = std::mem::take(packed);
                    for (group, &key) in groups.iter_mut().zip(&packed) {
                        if *group == 0 && u64::from(key) < dropped {
                            *group = self.add(u64::from(key), count, keys, unpack);
                        }
                    }
                }
            }
            Self::Hashed(_, packed) => {
                add_up(same, each, packed);
                let packed = std::mem::take(packed);
                groups.extend(packed.iter().map(|&key| {
                    if key < dropped {
                        self.add(key, count, keys, unpack)
                    } else {
                        0
                    }
                }));
            }
        }
    }
}

/// Bits that hold the numbers `0..values`.
pub fn bits(values: usize) -> u32 {
    values.next_power_of_two().trailing_zeros()
}
