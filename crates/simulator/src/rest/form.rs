//! Forms: what a body may hold, field by field, and everything that is wrong with one.

use serde_json::{Map, Value, json};

use super::image;
use super::reply::Failure;
use crate::ids;
use crate::world::objects;

/// A field of a form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    name: &'static str,
    kind: Kind,
    required: bool,
    nullable: bool,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// A string of so many characters.
    Text(usize, usize),
    Integer(i64, i64),
    Number(f64, f64),
    /// One of these numbers.
    Choice(&'static [i64]),
    Boolean,
    Id,
    /// At most so many snowflakes.
    Ids(usize),
    /// At most so many strings of at most so many characters.
    Texts(usize, usize),
    /// At most so many of these numbers.
    Choices(usize, &'static [i64]),
    /// Permissions: a number in a string.
    Bits,
    Time,
    /// A data URI of at most so many bytes; read as the hash it gets.
    Image(usize),
    Object(&'static [Field]),
    /// At most so many objects.
    List(usize, &'static [Field]),
}

impl Field {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            required: false,
            nullable: false,
        }
    }

    /// A string of `least` to `most` characters.
    pub(crate) const fn text(name: &'static str, least: usize, most: usize) -> Self {
        Self::new(name, Kind::Text(least, most))
    }

    pub(crate) const fn integer(name: &'static str, least: i64, most: i64) -> Self {
        Self::new(name, Kind::Integer(least, most))
    }

    pub(crate) const fn number(name: &'static str, least: f64, most: f64) -> Self {
        Self::new(name, Kind::Number(least, most))
    }

    pub(crate) const fn choice(name: &'static str, among: &'static [i64]) -> Self {
        Self::new(name, Kind::Choice(among))
    }

    pub(crate) const fn boolean(name: &'static str) -> Self {
        Self::new(name, Kind::Boolean)
    }

    pub(crate) const fn id(name: &'static str) -> Self {
        Self::new(name, Kind::Id)
    }

    pub(crate) const fn ids(name: &'static str, most: usize) -> Self {
        Self::new(name, Kind::Ids(most))
    }

    /// At most `most` strings of at most `length` characters.
    pub(crate) const fn texts(name: &'static str, most: usize, length: usize) -> Self {
        Self::new(name, Kind::Texts(most, length))
    }

    pub(crate) const fn choices(name: &'static str, most: usize, among: &'static [i64]) -> Self {
        Self::new(name, Kind::Choices(most, among))
    }

    pub(crate) const fn bits(name: &'static str) -> Self {
        Self::new(name, Kind::Bits)
    }

    pub(crate) const fn time(name: &'static str) -> Self {
        Self::new(name, Kind::Time)
    }

    /// An image of at most `most` bytes, as a data URI.
    pub(crate) const fn image(name: &'static str, most: usize) -> Self {
        Self::new(name, Kind::Image(most))
    }

    pub(crate) const fn object(name: &'static str, fields: &'static [Self]) -> Self {
        Self::new(name, Kind::Object(fields))
    }

    pub(crate) const fn list(name: &'static str, most: usize, of: &'static [Self]) -> Self {
        Self::new(name, Kind::List(most, of))
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// `null` is a value, too.
    pub(crate) const fn or_null(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// The fields of `body` that the form knows and that were given, in one shape: ids, permissions
/// and times as the API writes them. Fields the form does not know are passed over, as Discord does.
///
/// # Errors
///
/// 50035 with everything that is wrong.
pub(crate) fn read(body: &Value, fields: &[Field]) -> Result<Map<String, Value>, Failure> {
    let mut wrong = Wrong::default();
    let given = read_fields(body, fields, &mut Vec::new(), &mut wrong);
    wrong.refuse()?;
    Ok(given)
}

/// As [`read`], of a body that is an array of at most `most` objects.
///
/// # Errors
///
/// 50035 with everything that is wrong.
pub(crate) fn read_list(
    body: &Value,
    most: usize,
    of: &'static [Field],
) -> Result<Vec<Map<String, Value>>, Failure> {
    let mut wrong = Wrong::default();
    let read = read_value(body, Kind::List(most, of), &mut Vec::new(), &mut wrong);
    wrong.refuse()?;
    let Some(Value::Array(list)) = read else {
        return Ok(Vec::new());
    };
    let objects = list.into_iter().filter_map(|item| match item {
        Value::Object(fields) => Some(fields),
        _ => None,
    });
    Ok(objects.collect())
}

/// What is wrong with a form: path, code, message.
#[derive(Debug, Default)]
pub(crate) struct Wrong(Vec<(Vec<String>, &'static str, String)>);

impl Wrong {
    /// Something is wrong with a field, named with dots; with the body itself where that is empty.
    pub(crate) fn note(&mut self, field: &str, code: &'static str, message: &str) {
        let parts = field.split('.').filter(|part| !part.is_empty());
        let path = parts.map(str::to_owned).collect();
        self.0.push((path, code, message.to_owned()));
    }

    fn at(&mut self, path: &[String], code: &'static str, message: String) {
        self.0.push((path.to_vec(), code, message));
    }

    /// # Errors
    ///
    /// 50035, if anything was wrong.
    pub(crate) fn refuse(self) -> Result<(), Failure> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut errors = json!({});
        for (path, code, message) in self.0 {
            let mut place = &mut errors;
            for part in path {
                place = &mut place[part];
            }
            let told = json!({ "code": code, "message": message });
            match place["_errors"].as_array_mut() {
                Some(list) => list.push(told),
                None => place["_errors"] = json!([told]),
            }
        }
        Err(Failure::form(errors))
    }
}

fn read_fields(
    body: &Value,
    fields: &[Field],
    path: &mut Vec<String>,
    wrong: &mut Wrong,
) -> Map<String, Value> {
    let mut given = Map::new();
    if !body.is_object() && !body.is_null() {
        let message = "Only dictionaries may be used in a ModelType".to_owned();
        wrong.at(path, "MODEL_TYPE_CONVERT", message);
        return given;
    }
    for field in fields {
        path.push(field.name.to_owned());
        match body.get(field.name) {
            None if !field.required => {}
            Some(Value::Null) if field.nullable => {
                given.insert(field.name.to_owned(), Value::Null);
            }
            None | Some(Value::Null) => {
                let message = "This field is required".to_owned();
                wrong.at(path, "BASE_TYPE_REQUIRED", message);
            }
            Some(value) => {
                if let Some(value) = read_value(value, field.kind, path, wrong) {
                    given.insert(field.name.to_owned(), value);
                }
            }
        }
        path.pop();
    }
    given
}

fn read_value(
    value: &Value,
    kind: Kind,
    path: &mut Vec<String>,
    wrong: &mut Wrong,
) -> Option<Value> {
    let read = match kind {
        Kind::Text(least, most) => text(value, least, most),
        Kind::Integer(least, most) => integer(value)
            .and_then(|number| within(&number, &least, &most, "int").map(|()| Value::from(number))),
        Kind::Number(least, most) => value
            .as_f64()
            .ok_or_else(|| coerced(value, "float"))
            .and_then(|number| {
                within(&number, &least, &most, "float").map(|()| Value::from(number))
            }),
        Kind::Choice(among) => integer(value).and_then(|number| {
            let known = among.contains(&number);
            known.then(|| Value::from(number)).ok_or_else(|| {
                let among: Vec<String> = among.iter().map(i64::to_string).collect();
                let message = format!("Value must be one of {{{}}}.", among.join(", "));
                ("BASE_TYPE_CHOICES", message)
            })
        }),
        Kind::Boolean if value.is_boolean() => Ok(value.clone()),
        Kind::Boolean => Err((
            "BOOLEAN_TYPE_CONVERT",
            "Must be either true or false.".to_owned(),
        )),
        Kind::Id => objects::snowflake(value)
            .map(|id| Value::from(id.to_string()))
            .ok_or_else(|| coerced(value, "snowflake")),
        Kind::Bits => objects::snowflake(value)
            .map(|bits| Value::from(bits.to_string()))
            .ok_or_else(|| coerced(value, "int")),
        Kind::Time => value
            .as_str()
            .and_then(ids::read_iso)
            .map(|ms| Value::from(ids::iso8601(ms)))
            .ok_or_else(|| {
                let message = format!("Could not parse {}. Should be ISO8601.", plain(value));
                ("DATE_TIME_TYPE_PARSE", message)
            }),
        Kind::Image(most) => image::hash_of(value, most).map(Value::from),
        Kind::Object(fields) => {
            return Some(Value::Object(read_fields(value, fields, path, wrong)));
        }
        Kind::Ids(most) => return items(value, most, Kind::Id, path, wrong),
        Kind::Texts(most, length) => {
            return items(value, most, Kind::Text(1, length), path, wrong);
        }
        Kind::Choices(most, among) => {
            return items(value, most, Kind::Choice(among), path, wrong);
        }
        Kind::List(most, of) => return items(value, most, Kind::Object(of), path, wrong),
    };
    read.map_err(|(code, message)| wrong.at(path, code, message))
        .ok()
}

fn items(
    value: &Value,
    most: usize,
    kind: Kind,
    path: &mut Vec<String>,
    wrong: &mut Wrong,
) -> Option<Value> {
    let Some(list) = value.as_array() else {
        let message = "Only iterables may be used in a ListType".to_owned();
        wrong.at(path, "LIST_TYPE_CONVERT", message);
        return None;
    };
    if list.len() > most {
        let message = format!("Must be {most} or fewer in length.");
        wrong.at(path, "BASE_TYPE_MAX_LENGTH", message);
        return None;
    }
    let mut read = Vec::with_capacity(list.len());
    for (index, item) in list.iter().enumerate() {
        path.push(index.to_string());
        read.extend(read_value(item, kind, path, wrong));
        path.pop();
    }
    Some(Value::Array(read))
}

type Told = (&'static str, String);

fn text(value: &Value, least: usize, most: usize) -> Result<Value, Told> {
    let Some(text) = value.as_str() else {
        let message = format!("Could not interpret \"{}\" as string.", plain(value));
        return Err(("STRING_TYPE_CONVERT", message));
    };
    let length = text.chars().count();
    if (least..=most).contains(&length) {
        return Ok(Value::from(text));
    }
    Err(match (least, length) {
        (1, 0) => ("BASE_TYPE_REQUIRED", "This field is required".to_owned()),
        (0, _) => (
            "BASE_TYPE_MAX_LENGTH",
            format!("Must be {most} or fewer in length."),
        ),
        _ => (
            "BASE_TYPE_BAD_LENGTH",
            format!("Must be between {least} and {most} in length."),
        ),
    })
}

fn integer(value: &Value) -> Result<i64, Told> {
    let read = match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_i64().or_else(|| whole(value.as_f64()?)),
    };
    read.ok_or_else(|| coerced(value, "int"))
}

/// `1.0`, as some languages write a whole number.
fn whole(number: f64) -> Option<i64> {
    let whole = number.fract() == 0.0;
    whole.then(|| format!("{number:.0}").parse().ok())?
}

fn within<N: PartialOrd + ToString>(
    number: &N,
    least: &N,
    most: &N,
    kind: &str,
) -> Result<(), Told> {
    if number < least {
        let least = least.to_string();
        let message = format!("{kind} value should be greater than or equal to {least}.");
        return Err(("NUMBER_TYPE_MIN", message));
    }
    if number > most {
        let most = most.to_string();
        let message = format!("{kind} value should be less than or equal to {most}.");
        return Err(("NUMBER_TYPE_MAX", message));
    }
    Ok(())
}

fn coerced(value: &Value, kind: &str) -> Told {
    let message = format!("Value \"{}\" is not {kind}.", plain(value));
    ("NUMBER_TYPE_COERCE", message)
}

/// A value as a message shows it; not more of it than fits a line.
fn plain(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    text.chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field::text("name", 1, 3).required(),
        Field::integer("age", 0, 9),
        Field::choice("kind", &[1, 2]),
        Field::id("parent").or_null(),
        Field::ids("roles", 2),
        Field::bits("permissions"),
        Field::time("at"),
        Field::list("parts", 2, &[Field::boolean("on").required()]),
    ];

    fn errors(body: &Value) -> Value {
        let failure = read(body, FIELDS).unwrap_err();
        let response = failure.into_reply().into_response();
        let told: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(told["code"], 50_035);
        told["errors"].clone()
    }

    #[test]
    fn what_fits_is_read_in_one_shape() {
        let body = json!({
            "name": "abc", "age": "5", "kind": 2, "parent": null, "roles": [1, "2"],
            "permissions": 8, "at": "2021-06-01T02:00:00+02:00", "parts": [{ "on": true }],
            "unknown": "passed over",
        });
        let read = Value::Object(read(&body, FIELDS).unwrap());
        let expected = json!({
            "name": "abc", "age": 5, "kind": 2, "parent": null, "roles": ["1", "2"],
            "permissions": "8", "at": "2021-06-01T00:00:00.000000+00:00",
            "parts": [{ "on": true }],
        });
        assert_eq!(read, expected);
    }

    #[test]
    fn everything_that_is_wrong_is_told_where_it_stands() {
        let errors = errors(&json!({
            "name": "abcd", "age": 10, "kind": 3, "parent": "x", "roles": [1, "y"],
            "permissions": {}, "at": "tomorrow", "parts": [{ "on": true }, { "on": 1 }],
        }));
        let code = |path: &str| errors.pointer(&format!("{path}/_errors/0/code")).cloned();
        assert_eq!(code("/name").unwrap(), "BASE_TYPE_BAD_LENGTH");
        assert_eq!(code("/age").unwrap(), "NUMBER_TYPE_MAX");
        assert_eq!(code("/kind").unwrap(), "BASE_TYPE_CHOICES");
        assert_eq!(code("/parent").unwrap(), "NUMBER_TYPE_COERCE");
        assert_eq!(code("/roles/1").unwrap(), "NUMBER_TYPE_COERCE");
        assert_eq!(code("/permissions").unwrap(), "NUMBER_TYPE_COERCE");
        assert_eq!(code("/at").unwrap(), "DATE_TIME_TYPE_PARSE");
        assert_eq!(code("/parts/1/on").unwrap(), "BOOLEAN_TYPE_CONVERT");
    }

    #[test]
    fn what_is_required_has_to_be_there() {
        for body in [json!({}), Value::Null, json!({ "name": null })] {
            let code = errors(&body)["name"]["_errors"][0]["code"].clone();
            assert_eq!(code, "BASE_TYPE_REQUIRED");
        }
        assert_eq!(
            errors(&json!([]))["_errors"][0]["code"],
            "MODEL_TYPE_CONVERT"
        );
    }
}
