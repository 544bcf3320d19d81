// Whoever takes demands in goes through one door a process: those that arrive together share a commit.
import type { Platform } from "../../platform/platform.ts";
import type { OrderPorts } from "../world.ts";
import { createIntake, type Intake } from "./take-in.ts";

const doors = new WeakMap<Platform, Intake>();

/** The process's door of intake; made by whoever asks first. */
export function intakeDoor(platform: Platform, ports: OrderPorts): Intake {
  const known = doors.get(platform);
  if (known) return known;
  const door = createIntake(platform, ports);
  doors.set(platform, door);
  return door;
}
