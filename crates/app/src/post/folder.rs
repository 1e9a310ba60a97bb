//! A folder as a way out: one file for each mail, for people who hand letters over themselves or
//! with a program of their own. No file lies there half written.

use std::io::Write;
use std::path::Path;

use super::trouble::Trouble;

/// Writes a mail as `ID.eml`: under another name first, then at its place at once.
pub fn put(folder: &Path, name: &str, mail: &[u8]) -> Result<(), Trouble> {
    let put = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(".mail-")
            .tempfile_in(folder)?;
        file.write_all(mail)?;
        file.as_file().sync_all()?;
        file.persist(folder.join(format!("{name}.eml")))?;
        std::fs::File::open(folder)?.sync_all()
    };
    put().map_err(|error| {
        tracing::error!(%error, "a letter cannot be written into the folder for mail");
        Trouble::Folder
    })
}
