package dev.leat.connect;

import dev.leat.connect.EventGateway.Packing;
import dev.leat.connect.EventGateway.Result;
import dev.leat.data.Position;
import dev.leat.log.EmbeddedBroker;
import dev.leat.log.Log;
import dev.leat.model.Durability;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures events posted and events read back as rows. Not a test: run it by hand. */
final class GatewayMeasure {
  private static final int EVENTS = 500;
  private static final int REQUESTS = 2000;

  private GatewayMeasure() {}

  public static void main(String[] args) throws Exception {
    Durability durability = args.length > 0 ? Durability.valueOf(args[0]) : Durability.PROCESS;
    EmbeddedBroker broker =
        EmbeddedBroker.start(Files.createTempDirectory("leat-gateway"), durability);
    Log log = Log.connect(broker.address());
    log.create("clicks", Duration.ofDays(1));
    Contract contract = Contract.of(StreamTest.table("clicks"));
    EventGateway gateway =
        new EventGateway(Map.of("clicks", new EventGateway.Target(contract, "clicks")), log);
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      body.append(
          "{\"event_id\":\"e-%08d\",\"n\":%d,\"url\":\"https://shop.example/p/%d\"}\n"
              .formatted(i, i, i));
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    for (int run = 0; run < 3; run++) {
      long began = System.nanoTime();
      long accepted = 0;
      List<Future<Result>> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
        for (int i = 0; i < REQUESTS; i++) {
          answers.add(
              threads.submit(
                  () -> gateway.accept("clicks", Packing.PLAIN, new ByteArrayInputStream(bytes))));
        }
      }
      for (Future<Result> answer : answers) {
        accepted += answer.get() instanceof Result.Accepted(int count) ? count : 0;
      }
      rate("posted", accepted, began);
    }
    for (int run = 0; run < 3; run++) {
      read(log);
    }
    log.close();
    broker.close();
  }

  private static void read(Log log) {
    try (Intake intake =
        new StreamIntake(
            StreamTest.table("clicks"), log.reader("clicks"), Optional.empty(), () -> {})) {
      long began = System.nanoTime();
      Position end = intake.end();
      long rows = 0;
      for (Position at = Position.START; !at.equals(end); ) {
        Intake.Slice slice = intake.read(at, end, 10_000);
        rows += slice.rows().size();
        at = slice.next();
      }
      rate("read as rows", rows, began);
    }
  }

  private static void rate(String what, long events, long began) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf("%s %d in %.2f s: %.0f/s%n", what, events, seconds, events / seconds);
  }
}
