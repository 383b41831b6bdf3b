//! Lines of a recording: frames, each in an envelope that says when and where it went.

use super::reading::{Reading, join};

/// The frame in an envelope.
pub(super) enum Line<'a> {
    Frame(&'a str),
    /// It was left out: too large, or no JSON.
    Omitted,
    /// What happened beside the frames, as the simulator records it.
    Entry,
}

/// What a line of a recording holds, of a `Tap` or of a simulator; `None` if it is none.
pub(super) fn line(json: &str) -> Option<Line<'_>> {
    let (mut has_direction, mut line) = (false, None);
    for (key, value) in polycord_frame::members(json).map_while(Result::ok) {
        match key.as_ref() {
            "dir" => has_direction = true,
            "frame" => line = json.get(value).map(Line::Frame),
            "omitted" => line = Some(Line::Omitted),
            "entry" => return Some(Line::Entry),
            _ => {}
        }
    }
    line.filter(|_| has_direction)
}

impl Line<'_> {
    /// Reads the frame; paths lead from the root of the line.
    pub(super) fn read(&self, read: impl FnOnce(&str) -> Reading) -> Reading {
        match self {
            Self::Omitted => Reading::of("omitted"),
            Self::Entry => Reading::of("journal entry"),
            Self::Frame(frame) => {
                let mut reading = read(frame);
                for finding in &mut reading.findings {
                    finding.path = join("frame", &finding.path);
                }
                reading
            }
        }
    }
}
