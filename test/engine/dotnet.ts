import { execa } from "execa";

/** Whether this machine has the SDK of .NET 10: without it the stand-ins for .NET are stubs. */
export async function machineHasDotnet(): Promise<boolean> {
  if (process.platform !== "linux") return false;
  const { stdout } = await execa("dotnet", ["--list-sdks"], { reject: false, stdin: "ignore" });
  return /^10\./m.test(stdout ?? "");
}
