//! Adding a picture.

use afterword_storage::Picture;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::sha256;

/// The largest picture, in bytes.
pub const MAX_PICTURE_BYTES: usize = 10 * 1024 * 1024;

/// How the files of each kind begin.
const KINDS: [(&str, &[u8]); 4] = [
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF8"),
    ("image/webp", b"RIFF"),
];

/// What the bytes are, whatever was claimed of them: no other file is ever served as a picture.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    let (kind, _) = KINDS.into_iter().find(|(_, start)| bytes.starts_with(start))?;
    (kind != "image/webp" || bytes.get(8..12) == Some(b"WEBP")).then_some(kind)
}

impl App {
    /// Stores a picture; on disk when this returns.
    pub async fn add_picture(
        &self,
        caller: &Caller,
        postmortem_id: &str,
        bytes: &[u8],
    ) -> Result<Picture, AppError> {
        self.entered(caller, postmortem_id).await?;
        if bytes.len() > MAX_PICTURE_BYTES {
            return Err(AppError::invalid("picture", "a picture may have 10 MB at most"));
        }
        let Some(media_type) = kind(bytes) else {
            return Err(AppError::invalid("picture", "use a PNG, JPEG, GIF or WebP picture"));
        };
        let picture = Picture {
            sha256: sha256(bytes),
            media_type: media_type.to_owned(),
            size: i64::try_from(bytes.len()).map_err(AppError::internal)?,
        };
        self.blobs.put(&picture.sha256, bytes).await?;
        let (person, now) = (&caller.person.id, self.clock.now());
        self.storage.add_picture(postmortem_id, &picture, person, now).await?;
        Ok(picture)
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn bytes_tell_what_they_are() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n..."), Some("image/png"));
        assert_eq!(kind(b"RIFF\x00\x00\x00\x00WEBPVP8 "), Some("image/webp"));
        assert_eq!(kind(b"RIFF\x00\x00\x00\x00WAVEfmt "), None);
        assert_eq!(kind(b"<svg onload='alert(1)'>"), None);
        assert_eq!(kind(b""), None);
    }
}
