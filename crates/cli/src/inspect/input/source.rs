use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::Path,
};

/// Something to read from.
pub(in crate::inspect) struct Source {
    /// What the user calls it; `-` for the standard input.
    pub(in crate::inspect) name: String,
    /// How many bytes it has, if it is a file that can tell.
    pub(in crate::inspect) size: Option<u64>,
    /// Whether more may come later: what is known by then should be told by then.
    pub(in crate::inspect) is_stream: bool,
    pub(in crate::inspect) input: Box<dyn Read>,
}

impl Source {
    /// Opens a file; `-` is the standard input.
    pub(in crate::inspect) fn open(path: &Path) -> io::Result<Self> {
        if path == Path::new("-") {
            return Ok(Self {
                name: "-".to_owned(),
                size: None,
                is_stream: true,
                input: Box::new(io::stdin().lock()),
            });
        }
        let file = File::open(path)?;
        let file_type = file.metadata()?;
        Ok(Self {
            name: path.display().to_string(),
            size: file_type.is_file().then_some(file_type.len()),
            is_stream: !file_type.is_file(),
            input: Box::new(file),
        })
    }

    /// Whether somebody would have to type what is read from the standard input.
    pub(in crate::inspect) fn is_typed() -> bool {
        io::stdin().is_terminal()
    }
}
