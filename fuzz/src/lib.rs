//! What holds for every input, whatever it is. A target of libFuzzer calls one of these functions with bytes; each
//! panics where something does not hold.

mod event;
mod form;
mod frame;
mod inflate;
mod json;
mod structure;
mod text;
mod webhook_event;

use std::fmt::Debug;

use polycord_types::decode::{self, Decode};
use serde::{Serialize, de::DeserializeOwned};

use self::form::Form;
pub use self::{
    event::event,
    frame::frame,
    inflate::{zlib, zstd},
    json::json,
    structure::structure,
    text::text,
    webhook_event::webhook_event,
};

/// The first line of an input, and the rest of it.
fn name_and_data(input: &[u8]) -> Option<(&str, &str)> {
    str::from_utf8(input).ok()?.split_once('\n')
}

/// A model is written as something that decodes to an equal one, and `serde` reads it in the same way.
fn survives_both_ways<T>(text: &str, model: &T)
where
    T: Debug + Decode + DeserializeOwned + PartialEq + Serialize,
{
    let Some(form) = Form::of(text) else {
        return;
    };
    let written = serde_json::to_string(model).expect("every model can be written");
    let again = decode::from_str::<T>(&written).expect(&written);
    assert_eq!(again, *model, "{written}");
    if !form.has_fractions {
        let other = serde_json::from_str::<T>(text);
        assert_eq!(other.ok().as_ref(), Some(model), "{text}");
    }
}
