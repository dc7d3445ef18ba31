//! What only SQLite can get wrong: paths as addresses, files that are no registry.

use std::error::Error as _;

use evenkeel_registry::{MetaName, Registry, RegistryError, sqlite_url};

#[tokio::test]
async fn odd_characters_in_a_folder_stay_in_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("Zoë's #1 50% ?mode=memory");
    std::fs::create_dir(&odd).unwrap();
    let file = odd.join("registry.sqlite");
    let registry = Registry::open(&sqlite_url(&file)).await.unwrap();
    let name = MetaName::INSTALLATION_ID;
    registry.keep_meta(name, "here").await.unwrap();
    registry.close().await;
    assert!(file.exists(), "the file lies where the path says");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(&folder.path().join("gone/registry.sqlite"));
    let error = Registry::open(&url).await.unwrap_err();
    assert!(matches!(error, RegistryError::Open { .. }), "{error}");
    assert!(error.to_string().contains("gone/registry.sqlite"));
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("registry.sqlite");
    let text = "unit,n\n".repeat(200);
    std::fs::write(&file, &text).unwrap();
    let error = Registry::open(&sqlite_url(&file)).await.unwrap_err();
    let cause = error
        .source()
        .expect("the database's own words")
        .to_string();
    assert!(cause.contains("not a database"), "{cause}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[tokio::test]
async fn an_address_of_another_kind_says_what_is_allowed() {
    for url in ["mysql://root:pw@host/db", "registry.sqlite", ""] {
        let error = Registry::open(url).await.unwrap_err().to_string();
        assert!(error.contains("allowed: sqlite:///"), "{error}");
        assert!(!error.contains("pw"), "{error}");
    }
}
