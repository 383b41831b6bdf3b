//! A way to the decompressors for fuzz targets. No part of the API.

use bytes::Bytes;

use crate::{Compression, inflate::Inflater};

/// Decompresses the frames of one connection: the messages that came out, and whether all went well.
#[must_use]
pub fn inflate<'a>(
    compression: Compression,
    limit: usize,
    frames: impl IntoIterator<Item = &'a [u8]>,
) -> (Vec<Bytes>, bool) {
    let mut messages = Vec::new();
    let Some(mut inflater) = Inflater::new(compression, limit) else {
        return (messages, false);
    };
    let whole = frames.into_iter().all(|frame| {
        inflater
            .push(frame, |message| messages.push(message))
            .is_ok()
    });
    (messages, whole)
}
