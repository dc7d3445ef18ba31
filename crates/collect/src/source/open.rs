//! A text file as a stream of UTF-8, whatever it was packed and encoded in.
//!
//! Invariant: a byte order mark is never part of the first name, also where the rest of the file
//! is in another encoding (there are exports in windows-1252 that begin with the mark of UTF-8).
//! Packed files are known by their first bytes, not by their name.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::bufread::MultiGzDecoder;

use super::{Meter, Opening, ReadError};
use crate::mapping::Encoding;

const BUFFER_BYTES: usize = 256 * 1024;

impl Opening {
    /// An error of the disk.
    pub(crate) fn io(&self, source: io::Error) -> ReadError {
        ReadError::Io {
            file: self.file_name.clone(),
            source,
        }
    }

    /// An error while reading, in words.
    pub(super) fn failed(&self, source: io::Error) -> ReadError {
        match source.kind() {
            io::ErrorKind::UnexpectedEof => {
                self.error("it ends too early: the rest is missing", "")
            }
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                self.error(format!("it is damaged: {source}"), "")
            }
            _ => self.io(source),
        }
    }

    /// The file itself; a file of 0 bytes is an error.
    pub(super) fn open(&self) -> Result<File, ReadError> {
        let file = File::open(&self.path).map_err(|e| self.failed(e))?;
        if file.metadata().map_err(|e| self.failed(e))?.len() == 0 {
            return Err(self.error("the file is empty (0 bytes)", ""));
        }
        Ok(file)
    }
}

/// The first bytes of a file, unpacked but not decoded, at most `most`.
pub(crate) fn first_bytes(opening: &Opening, most: usize) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let mut stream = unpacked(opening, &Arc::new(Meter::default()))?.take(most as u64);
    match stream.read_to_end(&mut bytes) {
        // What could be unpacked is enough to guess by; the run will say that the rest is missing.
        Err(e) if bytes.is_empty() => Err(opening.failed(e)),
        _ => Ok(bytes),
    }
}

/// The file as UTF-8, without a byte order mark.
pub(super) fn utf8(opening: &Opening, meter: &Arc<Meter>) -> Result<Box<dyn BufRead>, ReadError> {
    let mut stream = unpacked(opening, meter)?;
    let (mark, encoding) = {
        let start = stream.fill_buf().map_err(|e| opening.failed(e))?;
        byte_order_mark(start, opening.rule.encoding)
    };
    stream.consume(mark);
    let decoder = match encoding {
        Encoding::Utf8 => return Ok(stream),
        Encoding::Latin1 => Decoding::Latin1,
        Encoding::Windows1252 => Decoding::Known(WINDOWS_1252.new_decoder_without_bom_handling()),
        Encoding::Utf16Le => Decoding::Known(UTF_16LE.new_decoder_without_bom_handling()),
        Encoding::Utf16Be => Decoding::Known(UTF_16BE.new_decoder_without_bom_handling()),
    };
    Ok(Box::new(Decoded {
        inner: stream,
        decoder,
        out: Vec::new(),
        at: 0,
        ended: false,
    }))
}

/// How long the mark at the start is, and the encoding that holds after it. The mark of UTF-8
/// says nothing about the rest when the mapping names another encoding; that of UTF-16 does.
fn byte_order_mark(start: &[u8], encoding: Encoding) -> (usize, Encoding) {
    match start {
        [0xEF, 0xBB, 0xBF, ..] => (3, encoding),
        [0xFF, 0xFE, ..] => (2, Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => (2, Encoding::Utf16Be),
        _ => (0, encoding),
    }
}

fn unpacked(opening: &Opening, meter: &Arc<Meter>) -> Result<Box<dyn BufRead>, ReadError> {
    let counted = Counted {
        inner: opening.open()?,
        meter: Arc::clone(meter),
    };
    let mut stream = BufReader::with_capacity(BUFFER_BYTES, counted);
    let start = stream.fill_buf().map_err(|e| opening.failed(e))?;
    if start.starts_with(&[0x1F, 0x8B]) {
        let unpacked = MultiGzDecoder::new(stream);
        return Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, unpacked)));
    }
    Ok(Box::new(stream))
}

/// Counts the bytes that were read from the disk.
struct Counted {
    inner: File,
    meter: Arc<Meter>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.meter.add(read as u64);
        Ok(read)
    }
}

enum Decoding {
    /// Every byte is the character of that number; `encoding_rs` follows the web, where this
    /// name means windows-1252.
    Latin1,
    Known(Decoder),
}

/// A stream of another encoding as UTF-8; what is no character becomes U+FFFD.
struct Decoded {
    inner: Box<dyn BufRead>,
    decoder: Decoding,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Decoded {
    /// Decodes the next chunk into `out`.
    fn refill(&mut self) -> io::Result<()> {
        self.at = 0;
        self.out.clear();
        while self.out.is_empty() && !self.ended {
            let chunk = self.inner.fill_buf()?;
            let taken = chunk.len();
            self.ended = taken == 0;
            match &mut self.decoder {
                Decoding::Latin1 => {
                    self.out.resize(taken * 2, 0);
                    let written = encoding_rs::mem::convert_latin1_to_utf8(chunk, &mut self.out);
                    self.out.truncate(written);
                }
                Decoding::Known(decoder) => {
                    let most = decoder
                        .max_utf8_buffer_length(taken)
                        .unwrap_or(taken * 3 + 16);
                    self.out.resize(most, 0);
                    let (_, _, written, _) =
                        decoder.decode_to_utf8(chunk, &mut self.out, self.ended);
                    self.out.truncate(written);
                }
            }
            self.inner.consume(taken);
        }
        Ok(())
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let taken = available.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&available[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl BufRead for Decoded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.out.len() {
            self.refill()?;
        }
        Ok(&self.out[self.at..])
    }

    fn consume(&mut self, taken: usize) {
        self.at = (self.at + taken).min(self.out.len());
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::mapping::FileRule;

    fn read_as(bytes: &[u8], encoding: Encoding) -> String {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(bytes).expect("written");
        let opening = Opening {
            path: file.path().to_owned(),
            file_name: "x.csv".to_owned(),
            rule: FileRule {
                encoding,
                ..FileRule::default()
            },
        };
        let mut text = String::new();
        let mut stream = utf8(&opening, &Arc::new(Meter::default())).expect("opened");
        stream.read_to_string(&mut text).expect("read");
        text
    }

    #[test]
    fn encodings_and_marks() {
        assert_eq!(read_as(b"\xef\xbb\xbfn\xc3\xa9", Encoding::Utf8), "né");
        assert_eq!(
            read_as(b"\xef\xbb\xbfn\xe9 \x80", Encoding::Windows1252),
            "né €"
        );
        assert_eq!(read_as(b"n\xe9 \x80", Encoding::Latin1), "né \u{80}");
        assert_eq!(read_as(b"\xff\xfen\0\xe9\0", Encoding::Utf8), "né");
        assert_eq!(read_as(b"\xfe\xff\0n\0\xe9", Encoding::Utf8), "né");
        assert_eq!(read_as(b"n\0\xe9\0", Encoding::Utf16Le), "né");
    }

    #[test]
    fn long_files_are_decoded_in_pieces() {
        let text = "é".repeat(BUFFER_BYTES);
        let bytes: Vec<u8> = std::iter::repeat_n(0xE9, BUFFER_BYTES).collect();
        assert!(read_as(&bytes, Encoding::Latin1) == text);
        assert!(read_as(&bytes, Encoding::Windows1252) == text);
    }

    #[test]
    fn packed_files_are_known_by_their_bytes() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all("a,b\n".as_bytes()).expect("packed");
        let bytes = packed.finish().expect("packed");
        assert_eq!(read_as(&bytes, Encoding::Utf8), "a,b\n");
    }

    #[test]
    fn an_empty_file_says_so() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let opening = Opening {
            path: file.path().to_owned(),
            file_name: "votes.csv".to_owned(),
            rule: FileRule::default(),
        };
        let error = utf8(&opening, &Arc::new(Meter::default()))
            .err()
            .expect("refused");
        assert_eq!(error.to_string(), "votes.csv: the file is empty (0 bytes)");
    }
}
