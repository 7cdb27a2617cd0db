package jlocal.control;

import jlocal.json.JsonFields;

/**
 * A running app.
 *
 * @param pid of the jlocal that runs it
 * @param url of its router, or of its first instance; empty without either
 * @param name its address by name; empty without one
 * @param startedAt in milliseconds since 1970
 * @param up how many of its instances are up
 * @param instances how many there should be
 */
public record AppInfo(
    long pid,
    String root,
    String procfile,
    String url,
    String name,
    long startedAt,
    int up,
    int instances) {
  public JsonFields fields() {
    return JsonFields.of(
        "pid", pid,
        "root", root,
        "procfile", procfile,
        "url", url,
        "name", name,
        "started_at", startedAt,
        "up", up,
        "instances", instances);
  }

  /** Its address by name if it has one, else its URL. */
  public String address() {
    return name.isEmpty() ? url : name;
  }

  static AppInfo of(JsonFields fields) {
    return new AppInfo(
        fields.whole("pid"),
        fields.text("root"),
        fields.text("procfile"),
        fields.text("url"),
        fields.has("name") ? fields.text("name") : "",
        fields.whole("started_at"),
        fields.small("up"),
        fields.small("instances"));
  }
}
