package jlocal.app;

import java.util.function.Consumer;
import jlocal.app.AppPlan.RouterPlan;
import jlocal.formation.Formation;
import org.jspecify.annotations.Nullable;

/** Decides where the router listens of an app that started without web. */
public interface LateRouter {
  /**
   * Where it is to listen.
   *
   * @param now how the app runs
   * @param note is told what a person should know of it
   * @return null for no router
   */
  @Nullable RouterPlan choose(Formation now, Consumer<String> note);
}
