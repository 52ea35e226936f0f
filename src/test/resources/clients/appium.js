// Reads a phone through npm's appium-ios-device, a client that nobody here wrote: its time, its values and every file.
// Prints one object. Argument: the folder of the package. It finds usbmux by USBMUXD_SOCKET_ADDRESS, as others do.
'use strict';
const crypto = require('crypto');
const path = require('path');

const [modules] = process.argv.slice(2);
const { utilities, services } = require(path.join(modules, 'appium-ios-device'));

async function main() {
  const udids = await utilities.getConnectedDevices();
  const udid = udids[0];
  const answer = {
    udids,
    name: await utilities.getDeviceName(udid),
    version: await utilities.getOSVersion(udid),
    time: await utilities.getDeviceTime(udid),
    values: Object.keys(await utilities.getDeviceInfo(udid)),
    files: {},
  };
  const afc = await services.startAfcService(udid);
  await afc.walkDir('/', true, async (file, isFolder) => {
    if (!isFolder) {
      const hash = crypto.createHash('sha256');
      for await (const piece of await afc.createReadStream(file, { autoDestroy: true })) {
        hash.update(piece);
      }
      answer.files[file.replace(/^\//, '')] = hash.digest('hex');
    }
  });
  afc.close();
  console.log(JSON.stringify(answer));
  process.exit(0);
}

main().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
