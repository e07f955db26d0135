//! Where things are kept.

use directories::ProjectDirs;
use std::path::PathBuf;

/// The folders and files of this learner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// `config.yaml`; it need not exist.
    pub config: PathBuf,
    /// The folder of `progress.db` and `backups/`.
    pub data: PathBuf,
    /// Indexes of large packs; may be deleted at any time.
    pub cache: Option<PathBuf>,
}

impl Paths {
    /// From `--data-dir` and `--config` or their environment variables, else the system's usual
    /// places; the folder at hand when there is no home.
    pub fn find(data: Option<PathBuf>, config: Option<PathBuf>) -> Self {
        let usual = ProjectDirs::from("", "", "greenroom");
        let here = PathBuf::from(".greenroom");
        let usual_data = usual.as_ref().map(|dirs| dirs.data_dir().to_path_buf());
        let usual_config = usual.as_ref().map(|dirs| dirs.config_dir().to_path_buf());
        let cache = match &data {
            Some(data) => Some(data.join("cache")),
            None => usual.as_ref().map(|dirs| dirs.cache_dir().to_path_buf()),
        };
        Self {
            config: config.unwrap_or_else(|| {
                usual_config
                    .unwrap_or_else(|| here.clone())
                    .join("config.yaml")
            }),
            data: data.or(usual_data).unwrap_or(here),
            cache,
        }
    }
}
