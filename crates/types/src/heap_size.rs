//! What a value has on the heap.

use std::{
    collections::{BTreeMap, VecDeque},
    mem::MaybeUninit,
    num::NonZeroU64,
    ptr::NonNull,
    sync::Arc,
    time::Duration,
};

use serde_json::{Value, value::RawValue};

use crate::{Text, Timestamp};

/// The bytes that a value has on the heap behind itself.
///
/// Counted is what was asked of the allocator: the capacity of lists, not their length, and the counts of an [`Arc`].
/// What the allocator adds for itself is not, nor is the value: that is [`size_of`], wherever it stands. What is
/// behind an `Arc` is counted by every holder, so that the sum over values that share something is an upper bound.
/// Of a map with more than one node the number of nodes is estimated, to within a fifth.
///
/// Every model has it; a type without anything on the heap says 0, which costs nothing once compiled with
/// optimizations.
///
/// ```
/// use polycord_types::{HeapSize, Text, role::Role};
///
/// assert_eq!(Text::new("short").heap_size(), 0);
/// assert!(Text::new("too long to stand inside of the value").heap_size() > 0);
/// let role: Role = polycord_types::decode::from_str(r#"{"id":"1","name":"helpers"}"#)?;
/// assert_eq!(role.heap_size(), 0);
/// # Ok::<(), polycord_types::decode::DecodeError>(())
/// ```
pub trait HeapSize {
    /// The bytes on the heap behind this value.
    fn heap_size(&self) -> usize;
}

macro_rules! plain {
    ($($Type:ty)*) => {
        $(impl HeapSize for $Type {
            #[inline]
            fn heap_size(&self) -> usize {
                0
            }
        })*
    };
}

plain! {
    () bool char u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64 NonZeroU64 Duration Timestamp
}

impl<T: HeapSize> HeapSize for Option<T> {
    #[inline]
    fn heap_size(&self) -> usize {
        self.as_ref().map_or(0, T::heap_size)
    }
}

impl<T: HeapSize> HeapSize for [T] {
    #[inline]
    fn heap_size(&self) -> usize {
        self.iter().map(T::heap_size).sum()
    }
}

impl<T: HeapSize, const N: usize> HeapSize for [T; N] {
    #[inline]
    fn heap_size(&self) -> usize {
        self.as_slice().heap_size()
    }
}

impl<A: HeapSize, B: HeapSize> HeapSize for (A, B) {
    #[inline]
    fn heap_size(&self) -> usize {
        self.0.heap_size() + self.1.heap_size()
    }
}

impl<A: HeapSize, B: HeapSize, C: HeapSize> HeapSize for (A, B, C) {
    #[inline]
    fn heap_size(&self) -> usize {
        self.0.heap_size() + self.1.heap_size() + self.2.heap_size()
    }
}

impl<T: HeapSize> HeapSize for Vec<T> {
    #[inline]
    fn heap_size(&self) -> usize {
        self.capacity() * size_of::<T>() + self.as_slice().heap_size()
    }
}

impl<T: HeapSize> HeapSize for VecDeque<T> {
    #[inline]
    fn heap_size(&self) -> usize {
        let (front, back) = self.as_slices();
        self.capacity() * size_of::<T>() + front.heap_size() + back.heap_size()
    }
}

impl HeapSize for str {
    #[inline]
    fn heap_size(&self) -> usize {
        0
    }
}

impl HeapSize for RawValue {
    #[inline]
    fn heap_size(&self) -> usize {
        0
    }
}

impl HeapSize for String {
    #[inline]
    fn heap_size(&self) -> usize {
        self.capacity()
    }
}

impl<T: HeapSize + ?Sized> HeapSize for Box<T> {
    #[inline]
    fn heap_size(&self) -> usize {
        size_of_val::<T>(self) + T::heap_size(self)
    }
}

impl<T: HeapSize + ?Sized> HeapSize for Arc<T> {
    #[inline]
    fn heap_size(&self) -> usize {
        counted(size_of_val::<T>(self), align_of_val::<T>(self)) + T::heap_size(self)
    }
}

impl HeapSize for Text {
    #[inline]
    fn heap_size(&self) -> usize {
        if self.is_on_heap() {
            counted(self.len(), 1)
        } else {
            0
        }
    }
}

impl<K: HeapSize, V: HeapSize> HeapSize for BTreeMap<K, V> {
    fn heap_size(&self) -> usize {
        let within = |(key, value): (&K, &V)| key.heap_size() + value.heap_size();
        nodes::<K, V>(self.len()) + self.iter().map(within).sum::<usize>()
    }
}

// As deep as the decoder goes at most.
impl HeapSize for Value {
    fn heap_size(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) => 0,
            Self::String(text) => text.heap_size(),
            Self::Array(list) => list.heap_size(),
            Self::Object(map) => {
                let within = |(key, value): (&String, &Self)| key.heap_size() + value.heap_size();
                nodes::<String, Self>(map.len()) + map.iter().map(within).sum::<usize>()
            }
        }
    }
}

/// What an `Arc` takes for a value of this size and alignment: its two counts stand before the value.
const fn counted(size: usize, align: usize) -> usize {
    let counts = 2 * size_of::<usize>();
    let align = if align > align_of::<usize>() {
        align
    } else {
        align_of::<usize>()
    };
    (counts.next_multiple_of(align) + size).next_multiple_of(align)
}

/// What the nodes of a B-tree take, as `std` lays them out.
fn nodes<K, V>(len: usize) -> usize {
    const CAPACITY: usize = 11;
    #[allow(dead_code, reason = "it stands for a layout")]
    struct Leaf<K, V> {
        parent: Option<NonNull<()>>,
        keys: [MaybeUninit<K>; CAPACITY],
        values: [MaybeUninit<V>; CAPACITY],
        parent_index: u16,
        len: u16,
    }
    #[allow(dead_code, reason = "it stands for a layout")]
    struct Inner<K, V> {
        data: Leaf<K, V>,
        edges: [Option<NonNull<()>>; CAPACITY + 1],
    }
    if len <= CAPACITY {
        return if len == 0 { 0 } else { size_of::<Leaf<K, V>>() };
    }
    // With the entry above it a leaf has 7 if the entries came in order, and 8 or 9 if they came in none.
    let leaves = len.div_ceil(8);
    let inner = leaves.div_ceil(8);
    leaves * size_of::<Leaf<K, V>>() + inner * size_of::<Inner<K, V>>()
}
