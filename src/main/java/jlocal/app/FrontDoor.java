package jlocal.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import jlocal.control.Reply;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.plan.PlanRequest.Behaviour;
import jlocal.plan.RouterPlan;
import jlocal.procfile.ProcessType;
import jlocal.router.Router;
import jlocal.router.RouterConfig;
import jlocal.router.RouterConfig.RequestLog;
import jlocal.router.RouterConfig.Timeouts;
import jlocal.tls.CertificateAuthority;
import org.jspecify.annotations.Nullable;

/** Opens the router of an app and says where it is. */
final class FrontDoor {
  private final RouterPlan plan;
  private final Formation formation;
  private final AppLog log;
  private volatile @Nullable Ports ports;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private volatile String url = "";
  private volatile String address = "";

  private record Ports(int http, int https) {}

  FrontDoor(RouterPlan plan, Formation formation, AppLog log) {
    this.plan = plan;
    this.formation = formation;
    this.log = log;
  }

  /** Says it before anything starts, if it is certain by then. */
  void sayAddress() {
    if (plan.hasFixedPorts()) say(plan.port(), plan.httpsPort());
  }

  /** Listens; null when that fails, which has been said then. */
  @Nullable Router open(Map<String, String> environment) {
    try {
      Router router = Router.open(config(), log::sayOfRequest, log::lastInColor);
      int https = plan.hasHttps() ? secure(router, environment) : plan.httpsPort();
      if (!plan.hasFixedPorts()) say(router.port(), https);
      return router;
    } catch (IOException e) {
      fault("the router could not listen on port " + plan.port() + ": " + e.getMessage());
      return null;
    }
  }

  private RouterConfig config() {
    Behaviour behaviour = plan.behaviour();
    return RouterConfig.on(plan.hosts(), plan.port())
        .with(Timeouts.of(behaviour.bootTimeout(), behaviour.responseTimeout()))
        .with(
            switch (behaviour.log()) {
              case FULL -> RequestLog.FULL;
              case PATH -> RequestLog.PATH;
              case OFF -> RequestLog.OFF;
            })
        .withSticky(behaviour.sticky());
  }

  /** Plain HTTP goes on when this fails. */
  private int secure(Router router, Map<String, String> environment) {
    try {
      boolean isNew = !CertificateAuthority.exists(environment);
      var certificates = CertificateAuthority.of(environment).serverContext(names());
      int port = router.openHttps(plan.httpsPort(), certificates);
      if (isNew) log.say("made a certificate authority: 'jlocal trust' lets browsers accept it");
      return port;
    } catch (IOException e) {
      fault("the router could not listen for HTTPS: " + e.getMessage());
      return RouterPlan.NO_HTTPS;
    }
  }

  private void fault(String sentence) {
    faults.add(sentence);
    log.say(sentence);
  }

  /** Its addresses, or why it does not listen on one of them; to be called when it is open. */
  Reply state() {
    if (!faults.isEmpty()) return new Reply.Failed(List.of(), faults, false);
    return new Reply.Done(address.isEmpty() ? List.of() : List.of(address));
  }

  /** Names a certificate must have one by one: a star stands for one label, and not everywhere. */
  private List<String> names() {
    var names = new ArrayList<String>();
    for (InstanceName name : formation.specs().keySet()) {
      String type = name.type().name().toLowerCase(Locale.ROOT);
      if (name.index() == 1) names.add(type + ".localhost");
      names.add(type + "." + name.index() + ".localhost");
    }
    return names;
  }

  /** The app's address; empty until it is known. */
  String url() {
    return url;
  }

  private void say(int port, int https) {
    var opened = new Ports(port, https);
    ports = opened;
    if (!formation.of(ProcessType.WEB).isEmpty()) {
      sayWebs(opened);
      return;
    }
    String type = formation.specs().firstEntry().getKey().type().name().toLowerCase(Locale.ROOT);
    url = "http://" + type + ".localhost:" + port;
    address = type + " is on " + url + ", other types likewise";
    log.say(address);
  }

  private void sayWebs(Ports opened) {
    url = plan.url("http", opened.http);
    address = "web is on " + plan.addresses(opened.http, opened.https);
    log.say(address);
  }

  /** Says the address that it has for web, unless it had web from the start; empty then. */
  synchronized String sayLateWeb() {
    Ports opened = ports;
    if (opened == null || url.equals(plan.url("http", opened.http))) return "";
    sayWebs(opened);
    return url;
  }
}
