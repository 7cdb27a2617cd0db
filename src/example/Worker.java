/** The worker process of Procfile.example: pretends to work off a queue. */
public class Worker {
  public static void main(String[] args) throws InterruptedException {
    int pause = Integer.parseInt(System.getenv().getOrDefault("WORKER_PAUSE_SECONDS", "5"));
    for (int job = 1; ; job++) {
      System.out.println("job " + job + " \u001b[32mdone\u001b[0m");
      Thread.sleep(pause * 1000L);
    }
  }
}
