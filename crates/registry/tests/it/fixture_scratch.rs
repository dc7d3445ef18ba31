use crate::agreed::*;
#[tokio::test]
async fn scratch() {
    let _ = std::fs::remove_file("/tmp/fixture.sqlite");
    let registry = evenkeel_registry::Registry::open("sqlite:///tmp/fixture.sqlite").await.unwrap();
    apply(&registry, &chain()).await.unwrap();
    let at = morning_of(jiff::civil::date(2026, 3, 3));
    registry.add_imported_units(&[unit("shop-1","shop",Some("north"))], "imp-1", at).await.unwrap();
    let mut next = registry.load_foundation().await.unwrap();
    let s = four_hours(0.95); next.standards.insert(s.id.clone(), s);
    apply(&registry, &next).await.unwrap();
    registry.keep_meta(evenkeel_registry::MetaName::ORGANISATION_SALT, "00ff").await.unwrap();
    use evenkeel_registry::*;
    registry.record_import(&ImportRecord { id: "imp-1".into(), kind: ImportKind::Responses, file_name: "visits.csv".into(), file_hash: "aa11".into(), mapping_hash: "bb22".into(), status: ImportStatus::Done, started_at: at, finished_at: Some(at), rows_read: 420, rows_stored: 412, rows_rejected: 0, rows_dropped_as_duplicates: 8, report: serde_json::json!({"new_units": ["shop-1"]}) }).await.unwrap();
    registry.close().await;
}
