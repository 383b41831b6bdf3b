//! Unions: one of several models, which the object itself tells apart. What none can read is kept as it came.

use serde_json::Value;

use super::{
    Decode, Fault, Reader,
    report::{Found, Notes},
};

/// Reads the member of a union, which is this model; if the model cannot, the value is kept.
///
/// `tag` is the key that told, if it is no field of the model.
pub(crate) fn member<M: Decode, U>(
    reader: &mut Reader<'_>,
    tag: Option<&'static str>,
    wrap: impl FnOnce(M) -> U,
    keep: impl FnOnce(Value) -> U,
) -> Result<U, Fault> {
    let start = reader.offset();
    reader.tag = tag;
    match M::decode(reader) {
        Ok(model) => Ok(wrap(model)),
        Err(fault) => reader.kept(fault, start).map(keep),
    }
}

impl Reader<'_> {
    /// Reads what tells the members of a union apart, wherever it stands in the object; nothing is consumed.
    /// Where it cannot be had, its default stands for it.
    pub(crate) fn look_at_tag<T: Decode + Default>(
        &mut self,
        key: &'static str,
    ) -> Result<T, Fault> {
        let start = self.at;
        let tag = match self.find_tag(key)? {
            Some(at) => {
                self.at = at;
                let tag = T::decode(self);
                tag.or_else(|fault| {
                    self.tolerate(fault, at, Found::Field)?;
                    Ok(T::default())
                })?
            }
            None => T::default(),
        };
        self.at = start;
        Ok(tag)
    }

    /// The same, without a report: the key is a field of the model as well.
    pub(crate) fn look_ahead<T: Decode + Default>(
        &mut self,
        key: &'static str,
    ) -> Result<T, Fault> {
        let mark = self.notes.as_ref().map(Notes::mark);
        let tag = self.look_at_tag(key)?;
        if let (Some(notes), Some(mark)) = (&mut self.notes, mark) {
            notes.back_to(&mark);
        }
        Ok(tag)
    }

    fn find_tag(&mut self, key: &'static str) -> Result<Option<usize>, Fault> {
        // Discord writes it first.
        let start = self.at;
        let first = self.text.get(start..).and_then(|text| {
            text.strip_prefix("{\"")?
                .strip_prefix(key)?
                .strip_prefix("\":")
        });
        if let Some(rest) = first
            && rest.bytes().next().is_some_and(|byte| byte > b' ')
        {
            return Ok(Some(self.text.len() - rest.len()));
        }
        let [found] = self.look_for([key])?;
        if found.is_none()
            && self.peek() == Some(b'{')
            && let Some(notes) = &mut self.notes
        {
            notes.absent(start, key);
        }
        Ok(found)
    }

    /// Keeps a member whose tag has no name here.
    #[cold]
    pub(crate) fn keep_unknown(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        if self.peek() != Some(b'{') {
            let fault = self.mismatch("an object");
            return self.kept(fault, start);
        }
        if let Some(notes) = &mut self.notes {
            notes.last_value_is_tag(start);
        }
        Value::decode(self)
    }

    /// Keeps a member that its model could not read.
    #[cold]
    #[inline(never)]
    pub(crate) fn kept(&mut self, fault: Fault, start: usize) -> Result<Value, Fault> {
        self.tolerate(fault, start, Found::Union)?;
        self.at = start;
        Value::decode(self)
    }
}
