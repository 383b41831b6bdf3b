use polycord_types::catalog;

use crate::name_and_data;

/// The name of a structure on the first line, an object behind it.
///
/// What decodes is written as something that decodes again, and is then written in the same way.
pub fn structure(input: &[u8]) {
    let Some((name, json)) = name_and_data(input) else {
        return;
    };
    let Some(structure) = catalog::structure(name) else {
        return;
    };
    let Ok(first) = structure.inspect(json) else {
        return;
    };
    let written = first.reserialized;
    let again = structure.inspect(&written).expect(&written);
    assert_eq!(again.reserialized, written);
}
