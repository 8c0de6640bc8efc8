package dev.leat.log;

import dev.leat.model.Durability;
import java.nio.file.Path;
import java.util.Properties;

/** The settings of a cluster of one: small, quick to start, loopback only. */
final class BrokerSettings {
  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";

  private BrokerSettings() {}

  static Properties of(Path data, int brokerPort, int controllerPort, Durability durability) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", Integer.toString(NODE));
    p.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d"
            .formatted(brokerPort, CONTROLLER, controllerPort));
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
    p.put("controller.listener.names", CONTROLLER);
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    p.put("log.dirs", data.toString());
    alone(p);
    small(p);
    quick(p);
    switch (durability) {
      case PROCESS -> {}
      case POWER -> p.put("log.flush.interval.messages", "1");
    }
    return p;
  }

  /** Nobody to replicate to. */
  private static void alone(Properties p) {
    p.put("default.replication.factor", "1");
    p.put("min.insync.replicas", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("share.coordinator.state.topic.num.partitions", "1");
    p.put("auto.create.topics.enable", "false");
  }

  private static void small(Properties p) {
    p.put("num.network.threads", "1");
    p.put("num.io.threads", "2");
    p.put("background.threads", "1");
    p.put("num.recovery.threads.per.data.dir", "1");
    p.put("group.coordinator.threads", "1");
    p.put("share.coordinator.threads", "1");
    p.put("log.cleaner.dedupe.buffer.size", "2097152");
    p.put("log.cleaner.io.buffer.size", "131072");
    p.put("message.max.bytes", Integer.toString(EmbeddedBroker.RECORD_BYTES_MAX));
    p.put("replica.fetch.max.bytes", Integer.toString(EmbeddedBroker.RECORD_BYTES_MAX));
    p.put("log.retention.check.interval.ms", "60000");
    p.put("log.segment.bytes", Integer.toString(256 << 20));
  }

  /** Waits that make sense between machines, cut for one. */
  private static void quick(Properties p) {
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("broker.heartbeat.interval.ms", "100");
    // After a kill the broker may only come back once its last session has run out.
    p.put("broker.session.timeout.ms", "2000");
  }
}
