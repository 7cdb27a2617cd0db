package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code export kubernetes}: all fields are known to Kubernetes, and in their places. */
@Execution(ExecutionMode.CONCURRENT)
class ExportKubernetesIT {
  private static final Path PODMAN =
      Path.of("src/test/resources/jlocal/e2e/kube-play.sh").toAbsolutePath();

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private static JsonObject read(Path file) throws IOException {
    var load = new Load(LoadSettings.builder().build());
    Object document = load.loadFromString(Files.readString(file));
    return new Gson().toJsonTree(document).getAsJsonObject();
  }

  /** Validates by the class of the kind, whose annotations need not be on the class path. */
  private static void validate(JsonElement object, String kind) throws Exception {
    if (kind.equals("Kustomization")) return;
    String version = kind.equals("HorizontalPodAutoscaler") ? "V2" : "V1";
    Class.forName("io.kubernetes.client.openapi.models." + version + kind)
        .getMethod("validateJsonElement", JsonElement.class)
        .invoke(null, object);
  }

  private void app() throws Exception {
    sandbox
        .given(
            "Procfile",
            """
            # jlocal: after=api,migrate ready=/health timeout=30
            web: run web $PORT
            # jlocal: ready=exec:'check $(it)'
            Big_Worker: work
            # jlocal: ready=notify
            api: serve
            # jlocal: ready=exit
            migrate: migrate
            cache: redis-server --port 6380
            release: prepare
            """)
        .given(".jlocal-addons/addons.json", ExportAddOnsIT.ADD_ONS)
        .given(".env.example", "OPEN=yes\nOTHER=\n")
        .given(".env", "OPEN=yes\nSECRET=s3cret\nDATABASE_URL=postgres://localhost/x\n")
        .given(
            ".jlocal",
            "env.web: OWN=1\nmemory.web: 512M\nsignal.api: INT\nstop-timeout.web: 7.5\n");
  }

  @Test
  void every_field_is_known() throws Exception {
    app();
    Finished export =
        sandbox.run(
            "export",
            "kubernetes",
            "k8s",
            "-a",
            "Shop & Co",
            "--with-secrets",
            "--autoscale",
            "web=2-9",
            "-m",
            "api=2");
    assertThat(export.status()).as(export.err()).isZero();
    var kinds = new TreeSet<String>();
    try (var files = Files.list(sandbox.root().resolve("k8s"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".yaml")).toList()) {
        JsonObject object = read(file);
        String kind = object.get("kind").getAsString();
        validate(object, kind);
        kinds.add(kind);
      }
    }
    assertThat(kinds)
        .containsExactly(
            "ConfigMap",
            "Deployment",
            "HorizontalPodAutoscaler",
            "Ingress",
            "Job",
            "Kustomization",
            "Secret",
            "Service",
            "StatefulSet");
    assertThat(export.err())
        .contains("DATABASE_URL names localhost", "cache runs redis", "api gets SIGTERM")
        .doesNotContain("s3cret");
  }

  @Test
  void what_is_said_of_a_type_is_there() throws Exception {
    app();
    sandbox.run("export", "kubernetes", "k8s", "-a", "shop", "-m", "web=3");
    JsonObject pod =
        read(sandbox.root().resolve("k8s/web.yaml"))
            .getAsJsonObject("spec")
            .getAsJsonObject("template")
            .getAsJsonObject("spec");
    assertThat(pod.get("terminationGracePeriodSeconds").getAsInt()).isEqualTo(8);
    assertThat(pod.get("enableServiceLinks").getAsBoolean()).isFalse();
    assertThat(sandbox.file("k8s/web.yaml"))
        .contains(
            "name: shop-web", "replicas: 3", "\"path\":\"/health\"", "\"failureThreshold\":30")
        .contains("requests: {memory: \"536870912\"}, limits: {memory: \"1073741824\"}")
        .contains(
            "{\"secretRef\":{\"name\":\"shop-web\"}}", "{\"configMapRef\":{\"name\":\"shop\"}}");
    assertThat(sandbox.file("k8s/big-worker.yaml"))
        .contains(
            "name: shop-big-worker",
            "\"check $$(it)\"",
            "after-cache",
            "/dev/tcp/shop-cache/6379",
            "after-redis",
            "/dev/tcp/shop-redis/6379");
    assertThat(sandbox.file("k8s/redis.yaml"))
        .contains("image: \"redis:7\"", "secretRef: {name: shop-redis}", "mountPath: /data");
    assertThat(sandbox.file("k8s/release.yaml")).contains("kind: Job", "backoffLimit: 0");
    assertThat(sandbox.file("k8s/kustomization.yaml")).doesNotContain("release", "secret");
    try (var files = Files.list(sandbox.root().resolve("k8s"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).doesNotContain("s3cret", "OWN", ExportAddOnsIT.PASSWORD);
      }
    }
  }

  @Test
  void pods_of_podman_get_the_same_bytes_as_from_jlocal() throws Exception {
    long seed = System.nanoTime();
    var app = new EchoApp(sandbox, seed);
    app.publish();
    String told = app.startedByJlocal("web.1").get("web.1");
    sandbox.run(
        "export", "kubernetes", "k8s", "-a", "shop", "-x", "worker", "-p", "" + sandbox.port());

    String url = "localhost:" + sandbox.port();
    sandbox.given("ask", "for i in {1..60}; do curl -sf " + url + " && break; sleep 0.5; done");
    Finished done =
        sandbox
            .shell("exec " + PODMAN + " localhost/shop-%d k8s bash ask".formatted(sandbox.port()))
            .end(Duration.ofMinutes(3));

    assumeTrue(done.status() != 77, () -> "no pods of podman: " + done.out());
    String pod = done.out().replace("shop-web-pod-0", "web.1");
    assertThat(withoutPodmansFaults(pod))
        .as("seed " + seed + done.err())
        .isEqualTo(withoutPodmansFaults(told));
  }

  /** podman 4.3 strips line breaks at the ends of values, and keeps doubled dollar signs. */
  private static String withoutPodmansFaults(String told) {
    return told.replaceAll("\\R+", "").replaceAll("[$]+", "\\$");
  }

  @Test
  void names_that_become_the_same_are_an_error() throws Exception {
    sandbox.given("Procfile", "web_1: true\nWEB-1: true\n");
    assertThat(sandbox.run("export", "kubernetes", "k8s").err())
        .contains("web_1 and WEB-1 would both be named app-web-1");
  }
}
