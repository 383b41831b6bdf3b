/// Where the name of an event lies in its frame.
///
/// Like the payload it is not copied out of the frame, unless it is written with escapes, which no
/// gateway is known to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchName(Name);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Name {
    Place { start: u32, end: u32 },
    Unescaped(Box<str>),
}

impl DispatchName {
    /// The place of `name` in `frame`; a copy of it if it is not a part of that.
    pub(crate) fn new(name: &str, frame: &str) -> Self {
        Self(place(name, frame).unwrap_or_else(|| Name::Unescaped(name.into())))
    }

    /// The name. `frame` is the one that was handed in; of another text it is some part, or nothing.
    #[must_use]
    pub fn text<'a>(&'a self, frame: &'a str) -> &'a str {
        match &self.0 {
            Name::Place { start, end } => frame
                .get(*start as usize..*end as usize)
                .unwrap_or_default(),
            Name::Unescaped(name) => name,
        }
    }
}

fn place(name: &str, frame: &str) -> Option<Name> {
    let start = name.as_ptr().addr().checked_sub(frame.as_ptr().addr())?;
    let end = start.checked_add(name.len())?;
    // Whatever the addresses say: it is the text that counts.
    (frame.get(start..end)? == name).then_some(())?;
    Some(Name::Place {
        start: start.try_into().ok()?,
        end: end.try_into().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use polycord_frame::{Keys, scan};

    use super::*;

    fn name(frame: &str) -> DispatchName {
        let kind = scan(frame, &Keys::DISCORD).unwrap().kind.unwrap();
        DispatchName::new(&kind, frame)
    }

    #[test]
    fn a_name_is_found_where_it_stands_and_copied_only_if_it_is_escaped() {
        let frame = r#"{"t":"READY","s":1,"op":0,"d":{}}"#;
        assert_eq!(name(frame).0, Name::Place { start: 6, end: 11 });
        assert_eq!(name(frame).text(frame), "READY");

        let frame = r#"{"d":{"t":"x"},"op":0,"t":"R\u0045ADY"}"#;
        assert_eq!(name(frame).0, Name::Unescaped("READY".into()));
        assert_eq!(name(frame).text(frame), "READY");
    }

    #[test]
    fn a_name_from_elsewhere_and_a_text_from_elsewhere_do_no_harm() {
        let elsewhere = String::from("READY");
        let frame = r#"{"t":"READY"}"#;
        let copied = DispatchName::new(&elsewhere, frame);
        assert_eq!(copied.text(frame), "READY");
        for text in ["", "é", "ééééééé"] {
            let _ = name(frame).text(text);
        }
    }
}
